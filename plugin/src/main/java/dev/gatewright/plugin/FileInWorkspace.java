// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an agent's files, and done there. Whatever runs on the agent may have written them: so each is a plain file of
 * bounded size that lies in the workspace, wherever links lead. It needs nothing but the JDK, since the agent has to be sent all of it.
 */
final class FileInWorkspace {
    private static final int LARGEST = 16 << 20;
    private static final long MOST = 64 << 20;

    private FileInWorkspace() {}

    /** The file itself; null where there is none. */
    private static @Nullable Path plain(File workspace, String path) throws IOException {
        Path real;
        try {
            real = workspace.toPath().resolve(path).toRealPath();
        } catch (NoSuchFileException e) {
            return null;
        }
        if (!real.startsWith(workspace.toPath().toRealPath())) {
            throw new IOException("it leads out of the workspace, to " + real);
        }
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no plain file");
        }
        if (Files.size(real) > LARGEST) {
            throw new IOException("it is larger than any report");
        }
        return real;
    }

    /** What was found: bytes, a problem, or nothing. */
    static final class Found implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte @Nullable [] bytes;
        private final @Nullable String problem;

        private Found(byte @Nullable [] bytes, @Nullable String problem) {
            this.bytes = bytes;
            this.problem = problem;
        }

        byte @Nullable [] bytes() {
            return bytes;
        }

        @Nullable
        String problem() {
            return problem;
        }
    }

    /** Reads one. Problems are answers: an exception says that the agent could not be asked. */
    static final class Read extends MasterToSlaveFileCallable<Found> {
        private static final long serialVersionUID = 1L;

        private final String path;

        Read(String path) {
            this.path = path;
        }

        @Override
        public Found invoke(File workspace, VirtualChannel channel) {
            try {
                Path file = plain(workspace, path);
                if (file == null) {
                    return new Found(null, null);
                }
                try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                    return new Found(in.readNBytes(LARGEST), null);
                }
            } catch (IOException e) {
                return new Found(null, path + " is not read: " + e.getMessage());
            }
        }
    }

    /** Names those that are there and can be read, the first of them where they are too many. */
    static final class Choose extends MasterToSlaveFileCallable<List<String>> {
        private static final long serialVersionUID = 1L;

        private final String folder;
        private final ArrayList<String> names;

        Choose(String folder, List<String> names) {
            this.folder = folder;
            this.names = new ArrayList<>(names);
        }

        @Override
        public List<String> invoke(File workspace, VirtualChannel channel) {
            List<String> chosen = new ArrayList<>();
            long left = MOST;
            for (String name : names) {
                long size = size(workspace, folder + name);
                if (size >= 0 && size <= left) {
                    chosen.add(name);
                    left -= size;
                }
            }
            return chosen;
        }

        /** Below 0 for what is not there, or cannot be read. */
        private static long size(File workspace, String path) {
            try {
                Path file = plain(workspace, path);
                return file == null ? -1 : Files.size(file);
            } catch (IOException e) {
                return -1;
            }
        }
    }

    /** The folder of a spec, from the workspace; null where it lies elsewhere. */
    static final class Folder extends MasterToSlaveFileCallable<@Nullable String> {
        private static final long serialVersionUID = 1L;

        private final String spec;

        Folder(String spec) {
            this.spec = spec;
        }

        @Override
        public @Nullable String invoke(File workspace, VirtualChannel channel) {
            Path top = workspace.toPath().toAbsolutePath().normalize();
            Path path = top.resolve(spec).normalize();
            Path folder = Files.isDirectory(path) ? path : path.getParent();
            if (folder == null || !folder.startsWith(top)) {
                return null;
            }
            return top.relativize(folder).toString().replace(File.separatorChar, '/');
        }
    }
}
