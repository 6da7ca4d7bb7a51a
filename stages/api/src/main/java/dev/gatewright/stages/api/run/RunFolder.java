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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one run, locked against a second process while it is open:
 *
 * <pre>
 * .gatewright/runs/&lt;run-id&gt;/run.json
 * .gatewright/runs/&lt;run-id&gt;/&lt;stage&gt;/report.json
 * </pre>
 */
public final class RunFolder implements AutoCloseable {
    /** A file's lock belongs to the whole process, and is lost when any part of it closes the file: so each opens it once. */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path place;
    private final FileChannel channel;

    private RunFolder(Path folder, Path place, FileChannel channel) {
        this.folder = folder;
        this.place = place;
        this.channel = channel;
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
        Path place = folder.toRealPath();
        if (!OPEN_HERE.add(place)) {
            throw new BusyException(folder);
        }
        boolean locked = false;
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                locked = channel.tryLock() != null;
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                throw new BusyException(folder);
            }
            return new RunFolder(folder, place, channel);
        } finally {
            if (!locked) {
                OPEN_HERE.remove(place);
            }
        }
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
        if (channel.isOpen()) {
            channel.close();
            OPEN_HERE.remove(place);
        }
    }
}
