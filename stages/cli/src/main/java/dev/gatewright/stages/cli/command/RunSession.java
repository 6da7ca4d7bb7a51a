// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.run.Run;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.run.RunId;
import dev.gatewright.stages.api.run.Source;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.TerminalProgress;
import dev.gatewright.stages.cli.render.RunRendering;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A run that is open on the command line: its spec is checked, its folder locked, its progress shown. */
final class RunSession implements AutoCloseable {
    private final Program program;
    private final Spec spec;
    private final RunFolder folder;
    private final Run run;
    private final TerminalProgress progress;

    private RunSession(Program program, Spec spec, RunFolder folder, Run run, TerminalProgress progress) {
        this.program = program;
        this.spec = spec;
        this.folder = folder;
        this.run = run;
        this.progress = progress;
    }

    static RunSession open(Program program, SpecOptions specOptions, RunOptions runOptions) throws IOException {
        Problems problems = new Problems();
        Spec spec = program.spec(specOptions.spec(), specOptions.settings(), problems);
        PrintStream err = program.surroundings().err();
        problems.warnings().forEach(warning -> err.println("warning: " + warning));
        Clock clock = Clock.systemUTC();
        String runId = runOptions.runId().orElseGet(() -> RunId.next(clock.instant()));
        if (!Shapes.isName(runId)) {
            throw new InvalidRequestException(List.of(new Problem(
                    new Place("--run-id " + runId, 1, 1),
                    "a run id is a name of letters, digits, '.', '_' and '-'",
                    "--run-id " + RunId.next(clock.instant()))));
        }
        Source source = program.source(spec.folder());
        RunFolder folder = RunFolder.open(RunFolder.runsOf(spec.folder()), runId);
        try {
            TerminalProgress progress = new TerminalProgress(program.surroundings(), clock);
            Run run = Run.open(
                    spec,
                    folder,
                    source,
                    program.host(),
                    program.installation(),
                    runOptions.threads(),
                    clock,
                    progress);
            return new RunSession(program, spec, folder, run, progress);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    Spec spec() {
        return spec;
    }

    Run run() {
        return run;
    }

    /** Writes the readable forms of the documents, and shows what the run came to. */
    void finish() throws IOException {
        progress.end();
        RunRendering rendering = RunRendering.of(folder);
        rendering.writeFiles();
        Path shown = Path.of("").toAbsolutePath().relativize(folder.path().toAbsolutePath());
        program.surroundings()
                .out()
                .print(rendering.console(program.surroundings().hasColour(), shown));
    }

    @Override
    public void close() throws IOException {
        progress.end();
        folder.close();
    }
}
