// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run on its way in. Its files come into a folder of their own beside the runs; once all are there, each with its digest, named
 * by a report and as that report says, they go to their places, the run's document last: before that there is no such run.
 */
final class Arrival implements AutoCloseable {
    /** What external data are called, of which a spec names the model alone: nothing that any program reads by itself. */
    private static final Pattern WEIGHTS =
            Pattern.compile("(?:.*/)?(?:[^./]+|[^/]+\\.(?:onnx_data|data|bin|weights?|bias|pb|raw))");

    private final Path specFolder;
    private final WaitingFolder folder;
    private final Path waiting;
    private final RunManifest manifest;
    private final SpecPaths named;
    private final SortedMap<String, Descriptor> coming = new TreeMap<>();
    private final Set<String> inPlace = new HashSet<>();
    private @Nullable RunFiles arrived;

    private Arrival(Path specFolder, WaitingFolder folder, RunManifest manifest, SpecPaths named) throws IOException {
        this.specFolder = specFolder;
        this.folder = folder;
        this.waiting = folder.files();
        this.manifest = manifest;
        this.named = named;
    }

    /** Gives what is called by a digest, which it has. */
    @FunctionalInterface
    interface Blobs {
        void copy(Descriptor blob, Path target) throws IOException, InterruptedException;
    }

    /**
     * Takes the files of {@code manifest} from {@code blobs}, but for those that are below {@code specFolder} already.
     *
     * @param named where files outside of the run's folder may go; the others do not come
     * @throws StageFailedException if it is not what it says, or there is no room for it
     */
    static Arrival of(RunManifest manifest, Blobs blobs, Path specFolder, SpecPaths named, String where)
            throws IOException, InterruptedException {
        Arrival arrival = new Arrival(specFolder, WaitingFolder.in(specFolder), manifest, named);
        boolean isWhole = false;
        try {
            arrival.choose();
            arrival.refuseIfThereIsNoRoom(where);
            arrival.take(blobs);
            arrival.verify(where);
            isWhole = true;
            return arrival;
        } finally {
            if (!isWhole) {
                arrival.close();
            }
        }
    }

    /** A model of which one file may not come does not come at all. */
    private void choose() throws IOException {
        Set<String> ofModels = new HashSet<>();
        Set<String> without = new HashSet<>();
        for (String path : manifest.files().keySet()) {
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            List<String> files = named.cover(path) ? manifest.modelFiles(path) : List.of();
            boolean isWhole = files.stream()
                    .allMatch(file ->
                            named.cover(folder + file) || WEIGHTS.matcher(file).matches());
            if (isWhole) {
                files.forEach(file -> ofModels.add(folder + file));
            } else {
                without.add(path);
            }
        }
        manifest.files().forEach((path, file) -> {
            boolean isOutside = named.cover(path) || ofModels.contains(path);
            if (manifest.paths().isOfRun(path) || (isOutside && !without.contains(path))) {
                coming.put(path, file);
            }
        });
    }

    private void refuseIfThereIsNoRoom(String where) throws IOException {
        long room = Files.getFileStore(waiting).getUsableSpace();
        if (manifest.bytes() > room) {
            throw new StageFailedException(
                    where + " holds " + manifest.bytes() + " bytes, and " + specFolder + " has room for " + room,
                    "make room, or name another folder",
                    null);
        }
    }

    private void take(Blobs blobs) throws IOException, InterruptedException {
        Map<Digest, Path> here = new HashMap<>();
        for (Map.Entry<String, Descriptor> entry : coming.entrySet()) {
            Path file = specFolder.resolve(entry.getKey());
            if (isThere(entry.getValue(), file)) {
                inPlace.add(entry.getKey());
                here.put(entry.getValue().digest(), file);
            }
        }
        for (Map.Entry<String, Descriptor> entry : coming.entrySet()) {
            Descriptor content = entry.getValue();
            Path target = waiting.resolve(entry.getKey());
            if (inPlace.contains(entry.getKey())) {
                continue;
            }
            Files.createDirectories(target.resolveSibling("."));
            if (Files.exists(target)) {
                throw new StageFailedException(
                        "the run holds two files that this system calls " + entry.getKey(),
                        "unpack it elsewhere",
                        null);
            }
            Path known = here.get(content.digest());
            if (known == null) {
                blobs.copy(content, target);
                here.put(content.digest(), target);
            } else {
                // Two files of a run are never one, since a stage may write one of them anew.
                Files.copy(known, target);
            }
            if (Files.size(target) != content.size()) {
                throw new IOException(entry.getKey() + " is not of the size that was said");
            }
        }
    }

    private static boolean isThere(Descriptor content, Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == content.size()
                && Digest.of(file).equals(content.digest());
    }

    /** What came is what a run of these reports is made of, and nothing else. */
    private void verify(String where) throws IOException {
        RunFiles found = RunFiles.of(new Arrived(), manifest.runId());
        TreeSet<String> unnamed = new TreeSet<>(coming.keySet());
        unnamed.removeAll(found.files().keySet());
        if (!unnamed.isEmpty()) {
            throw new StageFailedException(
                    where + " holds " + unnamed.first() + ", which no report of the run names",
                    "pack the run anew",
                    null);
        }
        found.leftBehind().replaceAll((path, reason) -> isLeftThere(path) ? "the spec does not name it" : reason);
        arrived = found;
    }

    private boolean isLeftThere(String path) {
        return manifest.files().keySet().stream()
                .anyMatch(each -> !coming.containsKey(each) && (each.equals(path) || each.startsWith(path + "/")));
    }

    /** What came. */
    RunFiles files() {
        return Objects.requireNonNull(arrived);
    }

    /** Refuses to go where something is that is no file, where a link leads elsewhere, or over a file that the spec does not name. */
    private void refuseIfInTheWay() {
        for (String path : coming.keySet()) {
            Path file = specFolder;
            Path relative = Path.of(path);
            for (Path part : relative) {
                file = file.resolve(part);
                boolean isLast = file.equals(specFolder.resolve(relative));
                boolean isSound = isLast
                        ? Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isSound) {
                    throw new StageFailedException(
                            file + " is a link, or no " + (isLast ? "file" : "folder") + ", and a run has one there",
                            "move it away, or name another folder",
                            null);
                }
            }
            boolean isTaken = !inPlace.contains(path) && Files.exists(file);
            if (isTaken && !manifest.paths().isOfRun(path) && !named.cover(path)) {
                throw new StageFailedException(
                        file + " is another file than that of the model in the run, and the spec does not name it",
                        "name it among the training's outputs, or move it away",
                        null);
            }
        }
    }

    /**
     * Puts all into its place; the run's folder is {@code locked} against who works there. Another file that is in a place outside
     * of it is moved aside, into the run's folder, as a training moves what it writes anew.
     *
     * @param notes is told what was moved
     */
    void settle(RunFolder locked, Consumer<String> notes) throws IOException {
        refuseIfInTheWay();
        RunPaths paths = manifest.paths();
        moveAside(locked, notes);
        for (StageName stage : StageName.values()) {
            if (!coming.containsKey(paths.report(stage))) {
                Files.deleteIfExists(locked.stage(stage).resolve(Report.FILE_NAME));
            }
        }
        TreeSet<Path> folders = new TreeSet<>();
        for (String path : coming.keySet()) {
            if (!path.equals(paths.document())) {
                folders.add(move(path));
            }
        }
        for (Path folder : folders) {
            AtomicFile.syncFolder(folder);
        }
        AtomicFile.syncFolder(move(paths.document()));
    }

    private void moveAside(RunFolder locked, Consumer<String> notes) throws IOException {
        Path previous = locked.path().resolve("previous");
        int number = 1;
        while (Files.exists(previous.resolve(Integer.toString(number)))) {
            number++;
        }
        for (String path : coming.keySet()) {
            Path file = specFolder.resolve(path);
            if (!manifest.paths().isOfRun(path) && !inPlace.contains(path) && Files.exists(file)) {
                Path aside = previous.resolve(Integer.toString(number)).resolve(path);
                Files.createDirectories(aside.resolveSibling("."));
                Files.move(file, aside);
                notes.accept(file + " was another file, and lies in " + aside + " now");
            }
        }
    }

    private Path move(String path) throws IOException {
        Path from = waiting.resolve(path);
        Path to = specFolder.resolve(path);
        Path folder = Objects.requireNonNull(to.getParent());
        if (inPlace.contains(path)) {
            return folder;
        }
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    /** What came, as the manifest tells of it: each file was held against its digest when it came. */
    private final class Arrived implements Shelf {
        @Override
        public boolean hasFile(String path) {
            return coming.containsKey(path);
        }

        @Override
        public List<String> below(String path) {
            return coming.keySet().stream()
                    .filter(file -> file.startsWith(path + "/"))
                    .map(file -> file.substring(path.length() + 1))
                    .toList();
        }

        @Override
        public Content content(String path) {
            Descriptor file = Objects.requireNonNull(coming.get(path));
            return new Content(file.digest(), file.size());
        }

        @Override
        public List<String> modelFiles(String path) throws IOException {
            return manifest.modelFiles(path);
        }

        @Override
        public Path document(String path) {
            return (inPlace.contains(path) ? specFolder : waiting).resolve(path);
        }
    }

    /** Removes what has not come to its place. */
    @Override
    public void close() throws IOException {
        folder.close();
    }
}
