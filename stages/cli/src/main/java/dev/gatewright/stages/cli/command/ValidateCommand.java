// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.cli.Program;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a spec and the files it names, and starts nothing. */
@Command(
        description = "Checks a spec and the files that it names, and starts nothing.",
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    private final Program program;

    @Mixin
    private SpecOptions options = new SpecOptions();

    /** The command of {@code program}. */
    public ValidateCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        Spec spec = program.spec(options.spec(), options.settings(), problems);
        problems.warnings().forEach(warning -> program.surroundings().err().println("warning: " + warning));
        String stages = spec.stages().stream()
                .map(plan -> plan.stage().name().spelling())
                .collect(Collectors.joining(", "));
        program.surroundings()
                .out()
                .println(spec.file() + " is valid: " + spec.model().name() + " through " + stages);
        return ExitCode.PASSED.code();
    }
}
