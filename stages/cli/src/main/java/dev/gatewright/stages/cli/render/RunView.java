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
import org.jspecify.annotations.Nullable;

/**
 * The documents of a run, or of one stage of it.
 *
 * <p>They are held against each other: a stage whose report is missing, changed or of another run is shown as not evaluated,
 * and so is the run.
 */
public final class RunView {
    private final RunDocument run;
    private final List<Report> reports;
    private final List<StageView> stages;

    private RunView(RunDocument run, List<Report> reports, Set<StageName> shown) {
        this.run = run;
        this.reports = List.copyOf(reports);
        this.stages = run.stages().stream()
                .filter(entry -> shown.contains(entry.stage()))
                .map(entry -> StageView.of(run, entry, report(entry.stage())))
                .toList();
    }

    /** The whole run, with those reports that are there, in the order of the stages. */
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
        if (isOfOneStage()) {
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

    /** Whether only one stage of several is shown. */
    boolean isOfOneStage() {
        return stages.size() == 1 && run.stages().size() > 1;
    }

    /** The document of the run. */
    public RunDocument run() {
        return run;
    }

    /** The reports that are there, in the order of the stages. */
    public List<Report> reports() {
        return reports;
    }

    /** The stages that are shown, in order. */
    List<StageView> stages() {
        return stages;
    }

    private @Nullable Report report(StageName stage) {
        return reports.stream()
                .filter(each -> each.stage() == stage)
                .findFirst()
                .orElse(null);
    }
}
