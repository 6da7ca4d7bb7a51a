// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The tar by which an engine gets what it builds from, and the one by which it gives a file of an image. */
final class BuildContext {
    /** Where the Dockerfile lies in the tar, whatever it is called in its folder. */
    static final String DOCKERFILE = ".gatewright.Dockerfile";

    private static final int BUFFER = 1 << 20;
    private static final int PLAIN = 0644;
    private static final int EXECUTABLE = 0755;

    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[BUFFER];

    private BuildContext(TarArchiveOutputStream tar) {
        this.tar = tar;
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /**
     * Writes what {@code build} copies from into {@code file}: the folder without what its {@code .dockerignore} names or never goes, with other
     * files in the place of some. Times and owners are left out, so that the same contents are found built.
     */
    static void write(DockerBuild build, Path file) throws IOException {
        Map<String, Path> files = files(build.context(), build.without());
        files.putAll(build.instead());
        files.put(DOCKERFILE, build.dockerfile());
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            BuildContext context = new BuildContext(tar);
            for (Map.Entry<String, Path> each : files.entrySet()) {
                context.add(each.getKey(), each.getValue());
            }
        }
    }

    private static Map<String, Path> files(Path folder, Set<String> without) throws IOException {
        IgnoreFile ignored = IgnoreFile.of(folder);
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) below::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (!name.isEmpty()
                        && !ignored.ignores(name)
                        && without.stream().noneMatch(isAt(name))) {
                    files.put(name, path);
                }
            }
        }
        return files;
    }

    /** Whether something is the file {@code name}, or a folder above it. */
    private static Predicate<String> isAt(String name) {
        return path -> name.equals(path) || name.startsWith(path + "/");
    }

    private void add(String name, Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            TarArchiveEntry link = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
            link.setLinkName(Files.readSymbolicLink(path).toString());
            begin(link, 0777);
        } else if (Files.isDirectory(path)) {
            begin(new TarArchiveEntry(name + "/"), EXECUTABLE);
        } else if (Files.isRegularFile(path)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(Files.size(path));
            begin(entry, mode(path));
            try (InputStream in = Files.newInputStream(path)) {
                copy(in, tar, buffer);
            }
        } else {
            throw new EngineException(
                    path + " is neither a file nor a folder, and cannot be built from: name it in " + IgnoreFile.NAME,
                    null);
        }
        tar.closeArchiveEntry();
    }

    private void begin(TarArchiveEntry entry, int mode) throws IOException {
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
    }

    /** Whether it may be started is all that a build takes over; a system that knows no such thing starts all. */
    private static int mode(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return EXECUTABLE;
        }
        Set<PosixFilePermission> permissions = new TreeSet<>(Files.getPosixFilePermissions(file));
        return permissions.contains(PosixFilePermission.OWNER_EXECUTE) ? EXECUTABLE : PLAIN;
    }

    private static void copy(InputStream in, OutputStream out, byte[] buffer) throws IOException {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
    }

    /** The one file in {@code tar}, which an engine gave for {@code path}, into {@code target}. */
    static void readOne(InputStream tar, String path, Path target, long most) throws IOException {
        try (TarArchiveInputStream in = new TarArchiveInputStream(tar)) {
            TarArchiveEntry entry = in.getNextEntry();
            if (entry == null || !entry.isFile() || entry.isLink()) {
                throw new EngineException(path + " in the image is no file of its own", null);
            }
            if (entry.getSize() > most) {
                throw new EngineException(
                        path + " in the image has " + entry.getSize() + " bytes, and at most " + most + " are right",
                        null);
            }
            try (OutputStream out = Files.newOutputStream(target)) {
                copy(in, out, new byte[BUFFER]);
            }
            if (Files.size(target) != entry.getSize()) {
                throw new EngineException(path + " in the image was cut while it was read", null);
            }
        } catch (IllegalArgumentException e) {
            throw new EngineException(path + " in the image could not be read: " + e.getMessage(), e);
        }
    }
}
