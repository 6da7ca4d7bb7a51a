// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder of one run, locked against a second process while it is open:
 *
 * <pre>
 * .gatewright/runs/&lt;run-id&gt;/run.json
 * .gatewright/runs/&lt;run-id&gt;/&lt;stage&gt;/report.json
 * </pre>
 */
public final class RunFolder implements AutoCloseable {
    private final Path folder;
    private final ProcessLock lock;

    private RunFolder(Path folder, ProcessLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Another process works on the run. */
    public static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        BusyException(Path folder) {
            super("another process works on the run in " + folder);
        }
    }

    /** Where the runs of a spec in {@code specFolder} lie. */
    public static Path runsOf(Path specFolder) {
        return specFolder.resolve(".gatewright").resolve("runs");
    }

    /**
     * Opens the folder of a run, made if it is not there.
     *
     * @throws InvalidRequestException if {@code runId} is no name, so that it could lead elsewhere
     * @throws BusyException if another process, or another part of this one, has it open
     */
    public static RunFolder open(Path runs, String runId) throws IOException {
        if (!Shapes.isName(runId)) {
            String message = "'" + runId + "' is not a name of letters, digits, '.', '_' and '-'";
            throw new InvalidRequestException(List.of(new Problem(new Place("--run-id", 1, 1), message, null)));
        }
        Path folder = Files.createDirectories(runs.resolve(runId));
        return new RunFolder(
                folder, ProcessLock.tryTake(folder.resolve("lock")).orElseThrow(() -> new BusyException(folder)));
    }

    /** The run's folder. */
    public Path path() {
        return folder;
    }

    /** The folder of a stage; it may not be there yet. */
    public Path stage(StageName stage) {
        return folder.resolve(stage.spelling());
    }

    /** The run's document; empty for a run that has just begun. */
    public Optional<RunDocument> run() throws IOException {
        Path file = folder.resolve(RunDocument.FILE_NAME);
        return Files.exists(file) ? Optional.of(RunDocument.read(file)) : Optional.empty();
    }

    /** A stage's report, if it left one. */
    public Optional<Report> report(StageName stage) throws IOException {
        Path file = stage(stage).resolve(Report.FILE_NAME);
        return Files.exists(file) ? Optional.of(Report.read(file)) : Optional.empty();
    }

    /** Writes the run's document. */
    public void write(RunDocument run) throws IOException {
        AtomicFile.write(folder.resolve(RunDocument.FILE_NAME), JsonWriter.pretty(run.toJson()));
    }

    /** Writes a stage's report. */
    public void write(Report report) throws IOException {
        Files.createDirectories(stage(report.stage()));
        AtomicFile.write(stage(report.stage()).resolve(Report.FILE_NAME), JsonWriter.pretty(report.document()));
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
