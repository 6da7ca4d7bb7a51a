// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.run.Run;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.run.Source;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.SpecReader;
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.stages.api.spec.Variables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one stage on the spec of a folder, in the way in which the program does. */
public final class StageRun {
    private static final Instant START = Instant.parse("2026-11-23T08:30:00Z");
    private static final Source SOURCE = new Source(Json.object()
            .put("commit", "0123456789abcdef0123456789abcdef01234567")
            .build());
    private static final Installation INSTALLATION = Installation.on(System.getProperty("java.class.path"));
    private static final Variables.Source NO_VARIABLES = new Variables.Source() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> git(String fact) {
            return Optional.empty();
        }
    };

    private final Stage<?> stage;
    private final Path folder;
    private final List<Stage<?>> known = new ArrayList<>();
    private final List<Stage<?>> before = new ArrayList<>();
    private Installation installation = INSTALLATION;
    private RecordingProgress progress = new RecordingProgress();
    private Secrets secrets = Secrets.NONE;
    private int threads = 2;
    private Instant now = START;
    private int interruptedAt;

    /** Runs {@code stage} on the {@code gatewright.yaml} in {@code folder}. */
    public StageRun(Stage<?> stage, Path folder) {
        this.stage = stage;
        this.folder = folder;
        this.known.add(stage);
    }

    /** The spec's folder. */
    public Path folder() {
        return folder;
    }

    /** The spec may have {@code other} too, which is run by a {@code StageRun} of its own. */
    public StageRun with(Stage<?> other) {
        known.add(other);
        return this;
    }

    /** {@code earlier}, which the spec has too, runs first in each run. */
    public StageRun after(Stage<?> earlier) {
        before.add(earlier);
        return with(earlier);
    }

    /** The program's parts lie there, not on the class path of the test. */
    public StageRun with(Installation other) {
        this.installation = other;
        return this;
    }

    /** The spec's secrets are those. */
    public StageRun with(Secrets known) {
        this.secrets = known;
        return this;
    }

    /** That many threads may compute at once. */
    public StageRun withThreads(int count) {
        this.threads = count;
        return this;
    }

    /** The clock goes on by {@code time}. */
    public StageRun later(Duration time) {
        this.now = now.plus(time);
        return this;
    }

    /** The thread that runs the stage is interrupted at its event of that number, counted from 1; 0: at none. */
    public StageRun interruptedAtEvent(int event) {
        this.interruptedAt = event;
        return this;
    }

    /** What the last run told about itself. */
    public List<String> events() {
        return progress.events();
    }

    /** The spec, with the command line's {@code settings}. */
    public Spec spec(String... settings) {
        return new SpecReader(known, NO_VARIABLES).read(folder, List.of(settings));
    }

    /** All that the stage finds wrong with the spec. */
    public Problems check() {
        Problems problems = new Problems();
        Spec spec = spec();
        check(spec.stage(stage.name()).orElseThrow(), spec, problems);
        return problems;
    }

    private static <S> void check(StagePlan<S> plan, Spec spec, Problems problems) {
        plan.stage().check(plan.section(), spec, problems);
    }

    /** Runs the stage; its report. */
    public Report run(String runId) throws IOException, InterruptedException {
        Spec spec = spec();
        Thread thread = Thread.currentThread();
        progress = new RecordingProgress(event -> {
            if (event == interruptedAt) {
                thread.interrupt();
            }
        });
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        try (RunFolder run = RunFolder.open(RunFolder.runsOf(folder), runId)) {
            Run opened =
                    Run.open(spec, run, SOURCE, Json.object().build(), installation, secrets, threads, clock, progress);
            for (Stage<?> earlier : before) {
                opened.run(spec.stage(earlier.name()).orElseThrow());
            }
            return opened.run(spec.stage(stage.name()).orElseThrow());
        }
    }

    /** The report that lies on the disk. */
    public Report report(String runId) throws IOException {
        return Report.read(RunFolder.runsOf(folder)
                .resolve(runId)
                .resolve(stage.name().spelling())
                .resolve(Report.FILE_NAME));
    }

    /** The run's document that lies on the disk. */
    public RunDocument document(String runId) throws IOException {
        return RunDocument.read(RunFolder.runsOf(folder).resolve(runId).resolve(RunDocument.FILE_NAME));
    }
}
