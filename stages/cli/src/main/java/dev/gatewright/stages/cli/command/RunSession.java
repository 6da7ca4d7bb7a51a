// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.RunFiles;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
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
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.TerminalProgress;
import dev.gatewright.stages.cli.render.MarkdownRenderer;
import dev.gatewright.stages.cli.render.RunRendering;
import dev.gatewright.stages.cli.render.RunView;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run that is open on the command line: its spec is checked, its folder locked, its progress shown. */
final class RunSession implements AutoCloseable {
    private final Program program;
    private final Spec spec;
    private final RunFolder folder;
    private final Run run;
    private final Host host;
    private final @Nullable RunStore store;
    private final @Nullable TerminalProgress progress;

    private RunSession(
            Program program,
            Spec spec,
            RunFolder folder,
            Run run,
            Host host,
            @Nullable RunStore store,
            @Nullable TerminalProgress progress) {
        this.program = program;
        this.spec = spec;
        this.folder = folder;
        this.run = run;
        this.host = host;
        this.store = store;
        this.progress = progress;
    }

    static RunSession open(Program program, SpecOptions specOptions, RunOptions runOptions)
            throws IOException, InterruptedException {
        Problems problems = new Problems();
        Supplier<Source> source = program.lookUpSource(specOptions.spec());
        Spec spec = program.spec(specOptions.spec(), specOptions.settings(), problems);
        PrintStream err = program.surroundings().err();
        problems.warnings().forEach(warning -> err.println("warning: " + warning));
        TerminalProgress progress = new TerminalProgress(program.surroundings(), Clock.systemUTC());
        return open(program, spec, source, runOptions, progress);
    }

    /** A new run of the spec in {@code folder} that tells nobody how it goes. */
    static RunSession openQuietly(Program program, Path folder, List<String> settings)
            throws IOException, InterruptedException {
        Spec spec = program.spec(folder, settings, new Problems());
        return open(program, spec, () -> program.source(folder), new RunOptions(), null);
    }

    /** A new run of the spec in {@code folder}, which only shows how it goes. */
    static RunSession openAside(Program program, Path folder) throws IOException, InterruptedException {
        Spec spec = program.spec(folder, List.of(), new Problems());
        return open(
                program,
                spec,
                () -> program.source(folder),
                new RunOptions(),
                new TerminalProgress(program.surroundings(), Clock.systemUTC()));
    }

    private static RunSession open(
            Program program,
            Spec spec,
            Supplier<Source> source,
            RunOptions runOptions,
            @Nullable TerminalProgress progress)
            throws IOException, InterruptedException {
        program.refuseUnlessItCanRun(spec);
        if (runOptions.host() == Host.GITHUB_ACTIONS) {
            program.gitHubStep().refuseUnlessItCanTell();
        }
        Clock clock = Clock.systemUTC();
        String runId = runOptions.runId().orElseGet(() -> RunId.next(clock.instant()));
        refuseUnlessName(runId, clock);
        RunStore store = runOptions.store(program).orElse(null);
        Progress shown = progress == null ? Progress.SILENT : progress;
        Source found = source.get();
        RunFolder folder = RunFolder.open(RunFolder.runsOf(spec.folder()), runId);
        try {
            if (store != null) {
                store.fetch(folder, spec, shown);
            }
            Run run = Run.open(
                    spec,
                    folder,
                    found,
                    program.host(runOptions.host()),
                    program.installation(),
                    program.secrets(),
                    runOptions.threads(),
                    clock,
                    shown);
            return new RunSession(program, spec, folder, run, runOptions.host(), store, progress);
        } catch (IOException | InterruptedException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Refuses a run id that is no name, so that it could lead elsewhere. */
    static void refuseUnlessName(String runId, Clock clock) {
        if (!Shapes.isName(runId)) {
            throw new InvalidRequestException(List.of(new Problem(
                    new Place("--run-id " + runId, 1, 1),
                    "a run id is a name of letters, digits, '.', '_' and '-'",
                    "--run-id " + RunId.next(clock.instant()))));
        }
    }

    Spec spec() {
        return spec;
    }

    Run run() {
        return run;
    }

    /** Runs one stage, and puts what it left where the run is kept. */
    Report run(StagePlan<?> plan) throws IOException, InterruptedException {
        Report report = run.run(plan);
        if (store != null) {
            store.push(folder, spec, progress == null ? Progress.SILENT : progress);
        }
        return report;
    }

    /** Runs all stages in order, until one does not pass; those after it are marked as not started. */
    RunDocument runAll() throws IOException, InterruptedException {
        for (StagePlan<?> plan : spec.stages()) {
            run(plan);
        }
        return run.document();
    }

    /** Writes the readable forms of the documents. */
    RunRendering render() throws IOException {
        RunRendering rendering = RunRendering.of(folder);
        rendering.writeFiles();
        return rendering;
    }

    /**
     * Writes the readable forms of the documents, and shows what the run, or its stage, came to; in JSON a stage shows its report.
     *
     * @return the exit code: that of {@code exit}, where the host can be told of it
     */
    int finish(RunFormat format, Optional<Report> ofStage, ExitCode exit) throws IOException {
        endProgress();
        RunView whole = render().view();
        RunView shown = ofStage.map(report -> whole.only(report.stage())).orElse(whole);
        String text = format.of(shown, program.surroundings().hasColour());
        if (format == RunFormat.json && ofStage.isPresent()) {
            text = JsonWriter.pretty(ofStage.get().document());
        }
        program.surroundings().out().print(text);
        if (format == RunFormat.console) {
            Path page = ofStage.map(report -> folder.stage(report.stage()).resolve("report.html"))
                    .orElse(folder.path().resolve("run.html"));
            Path here = Path.of("").toAbsolutePath();
            program.surroundings().out().println("Report: " + here.relativize(page.toAbsolutePath()));
        }
        return host == Host.GITHUB_ACTIONS ? tellGitHub(shown, ofStage, exit) : exit.code();
    }

    private int tellGitHub(RunView shown, Optional<Report> ofStage, ExitCode exit) throws IOException {
        Optional<StageName> stage = ofStage.map(Report::stage);
        Path below = Path.of("").toAbsolutePath().relativize(spec.folder().toAbsolutePath());
        HostResult result = HostResult.of(exit.code(), run.document().runId(), stage, RunFiles.in(folder.path()))
                .from(below.toString());
        program.gitHubStep()
                .tell(result, spec, ofStage.map(List::of).orElseGet(shown::reports), MarkdownRenderer.render(shown));
        boolean isJudged = result.verdict() == Verdict.PASSED || result.verdict() == Verdict.FAILED;
        return isJudged || exit == ExitCode.WAITING ? exit.code() : ExitCode.NOT_JUDGED.code();
    }

    /** With what the model was run: ONNX Runtime's version, and the providers. */
    String device() throws IOException {
        Json.Obj facts = report().document().object("facts");
        return "ONNX Runtime " + facts.text("onnxruntime").orElse("?") + " on "
                + JsonWriter.compact(new Json.Arr(facts.items("providers")));
    }

    /** Why the last stage did not pass. */
    String cause() throws IOException {
        Json.Obj cause = report().document().object("cause");
        return cause.text("sentence").orElse("a small model of its own does not pass: " + report().verdict());
    }

    /** The report of the last stage. */
    Report report() throws IOException {
        StageName last = spec.stages().get(spec.stages().size() - 1).stage().name();
        return folder.report(last).orElseThrow(() -> new IOException("the report of " + last.spelling() + " is gone"));
    }

    private void endProgress() {
        if (progress != null) {
            progress.end();
        }
    }

    @Override
    public void close() throws IOException {
        endProgress();
        folder.close();
    }
}
