// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.report.Artifact;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files and folders that a command must write anew: what lay there before is no evidence of this run. */
public final class DeclaredOutputs {
    private final Path specFolder;
    private final String noun;
    private final List<Path> paths;

    /**
     * The paths, below the spec's folder, that a command must write; a folder stands before what lies in it.
     *
     * @param noun what sentences call the command: {@code training}
     */
    public DeclaredOutputs(Collection<Path> paths, Path specFolder, String noun) {
        this.specFolder = specFolder;
        this.noun = noun;
        this.paths = paths.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Path::getNameCount))
                .toList();
    }

    /** Whether {@code file} is one of them, or lies in one. */
    public boolean include(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return paths.stream().anyMatch(path -> absolute.startsWith(specFolder.resolve(path)));
    }

    /**
     * Keeps other commands from writing them, so that what is judged is what this one wrote.
     *
     * @throws StageFailedException if another process writes one of them now
     */
    public Held hold() throws IOException {
        List<ProcessLock> locks = new ArrayList<>();
        Held held = new Held(locks);
        for (Path path : paths) {
            String name = URLEncoder.encode(path.toString(), StandardCharsets.UTF_8) + ".lock";
            Optional<ProcessLock> lock = ProcessLock.tryTake(
                    specFolder.resolve(".gatewright").resolve("outputs").resolve(name));
            if (lock.isEmpty()) {
                held.close();
                throw new StageFailedException(
                        "another " + noun + " writes " + path + " now",
                        "wait until it has ended and start the stage again, or let each write outputs of its own",
                        null);
            }
            locks.add(lock.get());
        }
        return held;
    }

    /** The outputs while no other command may write them. */
    public final class Held implements AutoCloseable {
        private final List<ProcessLock> locks;

        private Held(List<ProcessLock> locks) {
            this.locks = locks;
        }

        /** Moves what lies there into a new folder in {@code previous}, and makes the folders that they are to lie in. */
        public void moveAside(Path previous) throws IOException {
            int number = 1;
            while (Files.exists(previous.resolve(Integer.toString(number)), LinkOption.NOFOLLOW_LINKS)) {
                number++;
            }
            Path kept = previous.resolve(Integer.toString(number));
            for (Path path : paths) {
                Path old = specFolder.resolve(path);
                if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                    Path to = kept.resolve(path);
                    makeFolderOf(to);
                    move(old, to);
                }
            }
            for (Path path : paths) {
                makeFolderOf(specFolder.resolve(path));
            }
        }

        @Override
        public void close() throws IOException {
            for (ProcessLock lock : locks) {
                lock.close();
            }
        }
    }

    private static void makeFolderOf(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
    }

    /** A link is moved itself, not what it leads to. */
    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to);
        } catch (DirectoryNotEmptyException e) {
            // Another file system: a folder goes there piece by piece.
            Files.createDirectories(to);
            try (DirectoryStream<Path> children = Files.newDirectoryStream(from)) {
                for (Path child : children) {
                    move(child, to.resolve(child.getFileName()));
                }
            }
            Files.delete(from);
        }
    }

    /**
     * Why one of them is not what the command wrote; empty where all were written anew.
     *
     * @param start when the command was started, by the clock of the file system
     */
    public Optional<String> missing(FileTime start) throws IOException {
        for (Path path : paths) {
            Path file = specFolder.resolve(path);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("the " + noun + " did not write " + path);
            }
            if (!Files.exists(file)) {
                return Optional.of("the " + noun + " left at " + path + " a link that leads nowhere");
            }
            Optional<FileTime> newest = newest(file);
            if (newest.isEmpty()) {
                return Optional.of("the " + noun + " left no file at " + path
                        + (Files.isDirectory(file) ? ", only an empty folder" : ""));
            }
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                return Optional.of("the " + noun + " left at " + path + " a file of no bytes");
            }
            if (newest.get().compareTo(start) < 0) {
                return Optional.of(
                        Files.isSymbolicLink(file)
                                ? "the " + noun + " left at " + path + " a link to " + Files.readSymbolicLink(file)
                                        + ", which it did not write"
                                : path + " is older than the " + noun + ": it was put there, not written");
            }
        }
        return Optional.empty();
    }

    /** When the file, or the last one in a folder, was written; empty where there is none. */
    private static Optional<FileTime> newest(Path path) throws IOException {
        FileTime newest = null;
        try (Stream<Path> files = Files.walk(path.toRealPath())) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = newest == null || time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return Optional.ofNullable(newest);
    }

    /** All of them, by digest; {@code model} is called so. */
    public List<Artifact> artifacts(Optional<Path> model) throws IOException {
        List<Artifact> artifacts = new ArrayList<>();
        for (Path path : paths) {
            String name = model.filter(path::equals).isPresent()
                    ? "model"
                    : path.toString().replace('\\', '/');
            artifacts.add(Artifact.of(name, specFolder.resolve(path), specFolder));
        }
        return artifacts;
    }
}
