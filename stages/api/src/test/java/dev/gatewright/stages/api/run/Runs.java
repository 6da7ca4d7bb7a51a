// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import dev.gatewright.stages.api.FakeStage;
import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.SpecReader;
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.stages.api.spec.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Runs of fake stages in a folder. */
final class Runs {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:30:00Z"), ZoneOffset.UTC);
    static final Source SOURCE = commit("0123456789abcdef0123456789abcdef01234567");
    static final String ID = "run-1";

    private Runs() {}

    static Source commit(String commit) {
        return new Source(Json.object().put("commit", commit).build());
    }

    /** A spec with one section for each of {@code stages}. */
    static Spec spec(Path folder, List<? extends Stage<?>> stages) throws IOException {
        StringBuilder text = new StringBuilder("gatewright: 1\nmodel: {name: m, task: regression}\nstages:\n");
        stages.forEach(
                stage -> text.append("  ").append(stage.name().spelling()).append(": {}\n"));
        Variables.Source none = new Variables.Source() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<String> git(String fact) {
                return Optional.empty();
            }
        };
        Files.createDirectories(folder);
        return new SpecReader(List.copyOf(stages), none)
                .read(Files.writeString(folder.resolve("gatewright.yaml"), text), List.of());
    }

    /** Runs all stages, in the run {@link #ID} of the spec. */
    static RunDocument runAll(Spec spec) throws IOException, InterruptedException {
        try (RunFolder folder = open(spec, ID)) {
            return run(spec, folder, SOURCE).runAll();
        }
    }

    /** Runs one stage, in the run {@link #ID} of the spec. */
    static Report run(Spec spec, StageName stage) throws IOException, InterruptedException {
        try (RunFolder folder = open(spec, ID)) {
            StagePlan<?> plan = spec.stage(stage).orElseThrow();
            return run(spec, folder, SOURCE).run(plan);
        }
    }

    static RunFolder open(Spec spec, String runId) throws IOException {
        return RunFolder.open(RunFolder.runsOf(spec.folder()), runId);
    }

    static Run run(Spec spec, RunFolder folder, Source source) throws IOException {
        return Run.open(
                spec,
                folder,
                source,
                Json.object().build(),
                Installation.NONE,
                Secrets.NONE,
                2,
                CLOCK,
                Progress.SILENT);
    }

    /** The report that lies on the disk. */
    static Report report(Spec spec, StageName stage) throws IOException {
        return Report.read(path(spec, stage));
    }

    static Path path(Spec spec, StageName stage) {
        return RunFolder.runsOf(spec.folder())
                .resolve(ID)
                .resolve(stage.spelling())
                .resolve(Report.FILE_NAME);
    }

    static Path document(Spec spec) {
        return RunFolder.runsOf(spec.folder()).resolve(ID).resolve(RunDocument.FILE_NAME);
    }

    static FakeStage stage(StageName name, FakeStage.Work work) {
        return new FakeStage(name, work);
    }
}
