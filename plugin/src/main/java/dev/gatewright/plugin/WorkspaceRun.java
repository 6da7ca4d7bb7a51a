// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.RunFiles;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run in a workspace, as they are read from its agent: whatever runs there may have written them. So each is a plain
 * file of bounded size that lies in the workspace, wherever links lead.
 */
final class WorkspaceRun implements RunFiles {
    private static final int LARGEST_FILE = 16 << 20;
    private static final List<String> OF_THE_RUN = List.of(RunDocument.FILE_NAME, "run.html", "run.md", "junit.xml");
    private static final List<String> OF_A_STAGE = List.of(Report.FILE_NAME, "report.html", "report.md", "junit.xml");

    private final FilePath workspace;
    private final String specFolder;
    private final String runId;
    private final Map<String, Found> known = new HashMap<>();

    /** Of a spec in that folder of the workspace, which is empty at its top. */
    WorkspaceRun(FilePath workspace, String specFolder, String runId) {
        this.workspace = workspace;
        this.specFolder = specFolder;
        this.runId = runId;
    }

    /** The agent could not be asked: nothing is known of its files. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostException(Exception cause) {
            super(cause);
        }
    }

    /**
     * The folder of a spec, from the workspace.
     *
     * @throws AbortException if it lies elsewhere
     */
    static String folderOf(String spec, FilePath workspace) throws IOException, InterruptedException {
        String folder = workspace.act(new SpecFolder(spec));
        if (folder == null) {
            throw new AbortException("spec: '" + spec + "' does not lie in the workspace " + workspace.getRemote()
                    + "; what does not is not read");
        }
        return folder;
    }

    /** Each is read once: what is shown is what was judged. */
    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Found found = known.get(path);
        if (found == null) {
            try {
                found = workspace.act(new Read(place() + path));
            } catch (IOException | InterruptedException e) {
                throw new LostException(e);
            }
            known.put(path, found);
        }
        if (found.problem != null) {
            throw new IOException(found.problem);
        }
        return Optional.ofNullable(found.bytes);
    }

    /** SHA-256 of the run's document; null where there is none that can be read. */
    @Nullable
    String digest() {
        try {
            Optional<byte[]> bytes = read(RunDocument.FILE_NAME);
            return bytes.isEmpty() ? null : sha256(bytes.get());
        } catch (IOException e) {
            return null;
        }
    }

    /** What is worth keeping with the build: where it is kept, and where it is in the workspace. No model is among it. */
    Map<String, String> reports(Optional<StageName> stage) throws IOException, InterruptedException {
        List<String> wanted = new ArrayList<>(OF_THE_RUN);
        for (StageName each : stage.map(List::of).orElse(List.of(StageName.values()))) {
            OF_A_STAGE.forEach(name -> wanted.add(each.spelling() + "/" + name));
        }
        Map<String, String> reports = new LinkedHashMap<>();
        for (String name : workspace.act(new Choose(place(), wanted))) {
            reports.put("gatewright/" + below(specFolder) + runId + "/" + name, place() + name);
        }
        return reports;
    }

    private String place() {
        return below(specFolder) + ".gatewright/runs/" + runId + "/";
    }

    private static String below(String folder) {
        return folder.isEmpty() ? "" : folder + "/";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The file itself, on the agent; null where there is none. */
    private static @Nullable Path plainFile(File workspace, String path) throws IOException {
        Path real;
        try {
            real = workspace.toPath().resolve(path).toRealPath();
        } catch (NoSuchFileException e) {
            return null;
        }
        if (!real.startsWith(workspace.toPath().toRealPath())) {
            throw new IOException(path + " leads out of the workspace, to " + real + ": it is not read");
        }
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is no plain file");
        }
        if (Files.size(real) > LARGEST_FILE) {
            throw new IOException(path + " is larger than any report");
        }
        return real;
    }

    /** What was found: bytes, a problem, or nothing. */
    private static final class Found implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte @Nullable [] bytes;
        private final @Nullable String problem;

        Found(byte @Nullable [] bytes, @Nullable String problem) {
            this.bytes = bytes;
            this.problem = problem;
        }
    }

    /** Problems are answers: an exception is kept for the way to the agent. */
    private static final class Read extends MasterToSlaveFileCallable<Found> {
        private static final long serialVersionUID = 1L;

        private final String path;

        Read(String path) {
            this.path = path;
        }

        @Override
        public Found invoke(File workspace, VirtualChannel channel) {
            try {
                Path file = plainFile(workspace, path);
                if (file == null) {
                    return new Found(null, null);
                }
                try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                    return new Found(in.readNBytes(LARGEST_FILE), null);
                }
            } catch (IOException e) {
                return new Found(null, path + " cannot be read: " + e.getMessage());
            }
        }
    }

    /** Those that are there and can be read. */
    private static final class Choose extends MasterToSlaveFileCallable<List<String>> {
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
            for (String name : names) {
                if (isReadable(workspace, folder + name)) {
                    chosen.add(name);
                }
            }
            return chosen;
        }

        private static boolean isReadable(File workspace, String path) {
            try {
                return plainFile(workspace, path) != null;
            } catch (IOException e) {
                return false;
            }
        }
    }

    private static final class SpecFolder extends MasterToSlaveFileCallable<@Nullable String> {
        private static final long serialVersionUID = 1L;

        private final String spec;

        SpecFolder(String spec) {
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
