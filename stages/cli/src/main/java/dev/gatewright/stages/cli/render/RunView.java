// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents of a run.
 *
 * @param reports those that are there, in the order of the stages
 */
public record RunView(RunDocument run, List<Report> reports) {
    /** Keeps its own copy. */
    public RunView {
        reports = List.copyOf(reports);
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
}
