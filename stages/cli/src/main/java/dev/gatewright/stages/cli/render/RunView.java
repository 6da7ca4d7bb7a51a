// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The documents of a run, or of one stage of it.
 *
 * <p>They are held against each other: a stage whose report is missing, changed or of another run is shown as not evaluated,
 * and so is the run.
 *
 * @param reports those that are there, in the order of the stages
 * @param shown the stages that are shown
 */
public record RunView(RunDocument run, List<Report> reports, Set<StageName> shown) {
    /** Keeps its own copies. */
    public RunView {
        reports = List.copyOf(reports);
        shown = Set.copyOf(shown);
    }

    /** The whole run. */
    public RunView(RunDocument run, List<Report> reports) {
        this(run, reports, run.stages().stream().map(RunDocument.Entry::stage).collect(Collectors.toSet()));
    }

    /** The documents of the run in {@code folder}, which may be a copy. */
    public static RunView read(Path folder) throws IOException {
        RunDocument run = RunDocument.read(folder.resolve(RunDocument.FILE_NAME));
        List<Report> reports = new ArrayList<>();
        for (RunDocument.Entry entry : run.stages()) {
            Path file = folder.resolve(entry.stage().spelling()).resolve(Report.FILE_NAME);
            if (Files.exists(file)) {
                reports.add(Report.read(file));
            }
        }
        return new RunView(run, reports);
    }

    /** The same run, of which only {@code stage} is shown. */
    public RunView only(StageName stage) {
        return new RunView(run, reports, Set.of(stage));
    }

    /** How the run, or the one stage that is shown, was judged; empty where it was not, or others are still to come. */
    public Optional<Verdict> verdict() {
        List<StageView> stages = stages();
        if (stages.size() == 1 && run.stages().size() > 1) {
            return stages.get(0).verdict();
        }
        RunDocument held = run;
        for (StageView stage : stages) {
            if (!stage.doubts().isEmpty()) {
                held = held.with(
                        new RunDocument.Entry(stage.name(), Status.DONE, Verdict.NOT_EVALUATED, null, null, null));
            }
        }
        return held.verdict();
    }

    /** The stages that are shown, in order. */
    List<StageView> stages() {
        List<StageView> stages = new ArrayList<>();
        for (RunDocument.Entry entry : run.stages()) {
            if (shown.contains(entry.stage())) {
                Report report = reports.stream()
                        .filter(each -> each.stage() == entry.stage())
                        .findFirst()
                        .orElse(null);
                stages.add(StageView.of(run, entry, report));
            }
        }
        return stages;
    }
}
