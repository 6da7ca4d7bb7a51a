// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.render.MetricPage;
import dev.gatewright.stages.cli.render.SpecFlow;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains a spec as a flow, or a metric with its formula. */
@Command(
        description = "Prints a spec as a Mermaid flow; or a metric with its formula and a worked example.",
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(
            arity = "0..1",
            paramLabel = "SPEC|METRIC",
            defaultValue = "gatewright.yaml",
            description = "A spec, a folder with one, or a metric's name (default: ${DEFAULT-VALUE}).")
    private String subject = "gatewright.yaml";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets a value of the spec.")
    private List<String> settings = new ArrayList<>();

    /** The command of {@code program}. */
    public ExplainCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Optional<Metric> metric = Catalogue.find(subject);
        if (metric.isPresent()) {
            program.surroundings().out().print(MetricPage.of(metric.get()));
        } else {
            Spec spec = program.spec(Path.of(subject), settings, new Problems());
            program.surroundings().out().print(SpecFlow.mermaid(spec));
        }
        return ExitCode.PASSED.code();
    }
}
