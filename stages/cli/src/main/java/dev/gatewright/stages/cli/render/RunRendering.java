// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.api.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** All the readable forms of a run. */
public final class RunRendering {
    private final RunFolder folder;
    private final RunView view;

    private RunRendering(RunFolder folder, RunView view) {
        this.folder = folder;
        this.view = view;
    }

    /** The forms of the run in {@code folder}. */
    public static RunRendering of(RunFolder folder) throws IOException {
        return new RunRendering(folder, RunView.read(folder.path()));
    }

    /** Writes Markdown, HTML and JUnit XML beside {@code run.json}, and beside each report. */
    public void writeFiles() throws IOException {
        write(folder.path(), "run", view);
        for (Report report : view.reports()) {
            if (Files.isDirectory(folder.stage(report.stage()))) {
                write(folder.stage(report.stage()), "report", view.only(report.stage()));
            }
        }
    }

    private static void write(Path folder, String name, RunView view) throws IOException {
        AtomicFile.write(folder.resolve(name + ".md"), MarkdownRenderer.render(view));
        AtomicFile.write(folder.resolve(name + ".html"), HtmlRenderer.render(view));
        AtomicFile.write(folder.resolve("junit.xml"), JUnitRenderer.render(view));
    }

    /** The run that is shown. */
    public RunView view() {
        return view;
    }
}
