// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.oci.Bundle;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.ImageLayout;
import dev.gatewright.stages.oci.ImageSource;
import dev.gatewright.stages.oci.LayoutArchive;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * A run as it travels in one file, or in one folder: an OCI layout, which other tools for artifacts read too.
 *
 * @param digest of its manifest: the same run has the same one everywhere
 * @param files how many files it has
 * @param bytes their sizes, equal files counted once
 * @param leftBehind what its reports name and what does not travel, each path with the reason
 */
public record PackedRun(String runId, Digest digest, int files, long bytes, SortedMap<String, String> leftBehind) {
    private static final String ARCHIVE = ".tar";

    /**
     * Packs the run in {@code folder}, which lies below {@code specFolder}, into {@code to}: one file where that ends in {@code
     * .tar}, else a new folder. Twice gives the same bytes.
     *
     * @throws StageFailedException if a file is not what the run left, or {@code to} is a folder with something else
     */
    public static PackedRun pack(RunFolder folder, Path specFolder, Path to) throws IOException {
        String runId = String.valueOf(folder.path().getFileName());
        RunFiles run = RunFiles.of(new FolderShelf(specFolder), runId);
        Bundle bundle = RunManifest.bundle(run, specFolder);
        if (to.toString().endsWith(ARCHIVE)) {
            bundle.writeArchive(runId, to);
        } else {
            writeFolder(bundle, runId, to);
        }
        return told(bundle.manifest().digest(), run);
    }

    private static PackedRun told(Digest digest, RunFiles run) {
        long bytes = run.files().values().stream()
                .distinct()
                .mapToLong(Shelf.Content::bytes)
                .sum();
        return new PackedRun(run.run().runId(), digest, run.files().size(), bytes, run.leftBehind());
    }

    private static void writeFolder(Bundle bundle, String runId, Path to) throws IOException {
        if (Files.exists(to)) {
            boolean isSame = Files.exists(to.resolve("index.json"))
                    && ImageLayout.open(to).index().stream()
                            .anyMatch(each ->
                                    each.digest().equals(bundle.manifest().digest()));
            if (!isSame) {
                throw new StageFailedException(
                        to + " is there already, and is not this run",
                        "remove it, or name a folder that is not there",
                        null);
            }
            return;
        }
        Path absolute = to.toAbsolutePath().normalize();
        Path parent = Files.createDirectories(absolute.resolveSibling("."));
        Path temporary = Files.createTempDirectory(parent, ".packing-");
        try {
            Path layout = temporary.resolve("layout"); // which is for others to read, as a temporary folder is not
            bundle.writeFolder(runId, layout);
            Files.move(layout, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(temporary);
        }
    }

    /**
     * Unpacks the run in {@code from} into {@code specFolder}. A run that is there already, as it is in {@code from}, is no
     * error.
     *
     * @param named where its files may come to lie outside of its folder; the others do not come
     * @param notes is told what was moved out of the way
     * @throws StageFailedException if it is no run, damaged, or another one than is there; then nothing was changed
     * @throws RunFolder.BusyException if a process works on the run that is there
     */
    public static PackedRun unpack(Path from, Path specFolder, SpecPaths named, Consumer<String> notes)
            throws IOException, InterruptedException {
        boolean isNew = !Files.exists(specFolder);
        Path folder = Files.createDirectories(specFolder);
        try {
            return Files.isDirectory(from)
                    ? unpackFolder(from, folder, named, notes)
                    : unpackArchive(from, folder, named, notes);
        } finally {
            if (isNew && isEmpty(folder)) {
                Files.delete(folder);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            return list.findAny().isEmpty();
        }
    }

    private static PackedRun unpackFolder(Path from, Path specFolder, SpecPaths named, Consumer<String> notes)
            throws IOException, InterruptedException {
        ImageLayout layout = read(() -> ImageLayout.open(from));
        return unpack(layout, layout.image(null)::copy, from, specFolder, named, notes);
    }

    /** What cannot be read of a stranger's file is told as it is; a disk that is full is no fault of the file. */
    private static <T> T read(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new StageFailedException(
                    String.valueOf(e.getMessage()), "fetch the file again, or pack the run anew", e);
        }
    }

    /** Reads something of a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Its blobs are written once: what comes out of the archive is what goes to its place. */
    private static PackedRun unpackArchive(Path from, Path specFolder, SpecPaths named, Consumer<String> notes)
            throws IOException, InterruptedException {
        try (WaitingFolder folder = WaitingFolder.in(specFolder)) {
            Path files = folder.files();
            ImageLayout layout = read(() -> LayoutArchive.unpack(from, files));
            return unpack(
                    layout,
                    (blob, target) -> Files.move(layout.blob(blob.digest()), target),
                    from,
                    specFolder,
                    named,
                    notes);
        }
    }

    private static PackedRun unpack(
            ImageLayout layout,
            Arrival.Blobs blobs,
            Path from,
            Path specFolder,
            SpecPaths named,
            Consumer<String> notes)
            throws IOException, InterruptedException {
        List<Descriptor> runs =
                read(layout::index).stream().filter(RunManifest::isRun).toList();
        if (runs.size() != 1) {
            throw new StageFailedException(
                    from + " holds " + runs.size() + " runs, and one is needed",
                    "name what gatewright pack wrote",
                    null);
        }
        RunManifest manifest = RunManifest.of(
                new ImageSource.Found(runs.get(0), read(() -> layout.document(runs.get(0)))), from.toString());
        Path document = specFolder.resolve(manifest.paths().document());
        refuseIfOther(manifest, document);
        try (Arrival arrival = Arrival.of(manifest, blobs, specFolder, named, from.toString())) {
            try (RunFolder locked = RunFolder.open(RunFolder.runsOf(specFolder), manifest.runId())) {
                refuseIfOther(manifest, document);
                arrival.settle(locked, notes);
            }
            return told(manifest.digest(), arrival.files());
        }
    }

    private static void refuseIfOther(RunManifest manifest, Path document) throws IOException {
        if (Files.exists(document)
                && !Digest.of(document).equals(manifest.document().digest())) {
            RunDocument there = RunDocument.read(document);
            throw new StageFailedException(
                    "run " + there.runId() + " is there already, and stands elsewhere: " + document
                            + " is not the one that was packed",
                    "remove that run's folder, or name another folder",
                    null);
        }
    }
}
