// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Agreement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is said beside the lines of a spec. Paths are those from the workspace, which is the repository's folder. */
final class Annotations {
    private final Path workspace;
    private final List<Annotation> all = new ArrayList<>();

    Annotations(Path workspace) {
        this.workspace = workspace;
    }

    List<Annotation> all() {
        return all;
    }

    /** Whether there is an error among them. */
    boolean hasError() {
        return all.stream().anyMatch(each -> each.level() == Annotation.Level.ERROR);
    }

    void add(Problem problem) {
        String write = problem.write() == null ? "" : "\nwrite: " + problem.write();
        error("Wrong request", Optional.of(problem.place()), problem.message() + write);
    }

    void error(String title, Optional<Place> place, String sentence) {
        add(Annotation.Level.ERROR, title, place, sentence);
    }

    /** Every gate of the report that does not pass, or why there is none. */
    void add(Report report, Spec spec) {
        StageName stage = report.stage();
        Optional<Place> ofStage = spec.stage(stage).map(plan -> plan.place());
        GateLines lines = new GateLines(spec.document(), stage);
        for (Json.Obj gate : report.document().objects("gates")) {
            Optional<Place> place = lines.next(gate).or(() -> ofStage);
            Verdict verdict = Agreement.verdict(gate);
            if (verdict != Verdict.PASSED) {
                boolean isWarning = Agreement.isWarning(gate);
                add(
                        isWarning ? Annotation.Level.WARNING : Annotation.Level.ERROR,
                        stage.spelling() + ": " + (isWarning ? "warning, " : "") + verdict,
                        place,
                        gate.text("sentence").orElse("a gate without a sentence"));
            }
        }
        Json.Obj cause = report.document().object("cause");
        if (report.status() == Status.DONE && !report.verdict().equals(Optional.of(Verdict.PASSED))) {
            cause.text("sentence")
                    .ifPresent(why -> error(
                            stage.spelling() + ": "
                                    + report.verdict().map(Verdict::name).orElse("no verdict"),
                            ofStage,
                            why + cause.text("next").map(next -> "\n" + next).orElse("")));
        }
    }

    private void add(Annotation.Level level, String title, Optional<Place> place, String sentence) {
        all.add(new Annotation(level, title, place.flatMap(this::fromWorkspace), sentence));
    }

    /** Empty for what is no file of the repository, such as a setting. */
    private Optional<Place> fromWorkspace(Place place) {
        try {
            Path root = workspace.toRealPath();
            Path file = Path.of(place.file());
            if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root)) {
                return Optional.empty();
            }
            String path = root.relativize(file.toRealPath()).toString().replace('\\', '/');
            return Optional.of(new Place(path, place.line(), place.column()));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
