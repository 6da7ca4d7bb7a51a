// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the program's archive, on an agent, into a folder that is named by the archive's SHA-256. The folder is there whole or not at
 * all: it is made beside its place and moved there at once, whoever else does the same, and whenever it is killed.
 */
final class ProgramArchive extends MasterToSlaveFileCallable<@Nullable Void> {
    private static final long serialVersionUID = 1;
    private static final String UNFINISHED = ".unfinished-";

    /** No fetching takes as long. */
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    private static final int ATTEMPTS = 3;

    private final String url;
    private final String sha256;

    ProgramArchive(String url, String sha256) {
        this.url = url;
        this.sha256 = sha256;
    }

    /** Whether the program is in a folder. */
    static final class IsThere extends MasterToSlaveFileCallable<Boolean> {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean invoke(File home, VirtualChannel channel) {
            return isThere(home.toPath());
        }
    }

    private static boolean isThere(Path home) {
        return Files.isRegularFile(ProgramFolder.program(home));
    }

    @Override
    public @Nullable Void invoke(File tools, VirtualChannel channel) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(tools.toPath());
        Path home = folder.resolve(sha256);
        Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
        removeLeftOvers(folder, Files.getLastModifiedTime(unfinished));
        try {
            Path archive = unfinished.resolve("archive.zip");
            ArchiveDownload.fetch(url, sha256, archive);
            Path unpacked = unfinished.resolve("unpacked");
            ArchiveContent.unpack(archive, unpacked);
            Path made = programIn(unpacked);
            if (!ProgramFolder.program(made).toFile().setExecutable(true, false)) {
                throw new AbortException("The program in " + made + " cannot be made executable");
            }
            moveTo(home, made, unfinished.resolve("broken"));
            return null;
        } finally {
            remove(unfinished);
        }
    }

    /** An archive has the program in it, or in its only folder. */
    private Path programIn(Path unpacked) throws IOException {
        if (isThere(unpacked)) {
            return unpacked;
        }
        List<Path> within = list(unpacked);
        if (within.size() == 1 && isThere(within.get(0))) {
            return within.get(0);
        }
        throw new AbortException("There is no bin/gatewright in the archive of " + url + ", nor in its only folder");
    }

    private static void moveTo(Path home, Path made, Path broken) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.move(made, home, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                if (isThere(home)) {
                    return; // somebody else was faster, with the same bytes
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                try {
                    Files.move(home, broken.resolveSibling("broken-" + attempt), StandardCopyOption.ATOMIC_MOVE);
                } catch (NoSuchFileException gone) {
                    // by somebody else's doing
                }
            }
        }
    }

    /** What was killed leaves its folder behind. */
    private static void removeLeftOvers(Path folder, FileTime now) throws IOException {
        for (Path each : list(folder)) {
            if (String.valueOf(each.getFileName()).startsWith(UNFINISHED)) {
                try {
                    Duration age =
                            Duration.between(Files.getLastModifiedTime(each).toInstant(), now.toInstant());
                    if (age.compareTo(LEFT_OVER) > 0) {
                        remove(each);
                    }
                } catch (NoSuchFileException gone) {
                    // its owner has removed it
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> within = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(within::add);
        }
        return within;
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException problem) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
