// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.RunFiles;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import hudson.AbortException;
import hudson.FilePath;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of one run in a workspace, read from its agent. */
final class WorkspaceRun implements RunFiles {
    private static final List<String> OF_THE_RUN = List.of(RunDocument.FILE_NAME, "run.html", "run.md", "junit.xml");
    private static final List<String> OF_A_STAGE = List.of(Report.FILE_NAME, "report.html", "report.md", "junit.xml");

    private final FilePath workspace;
    private final String specFolder;
    private final String runId;
    private final Map<String, FileInWorkspace.Found> known = new HashMap<>();

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
        String folder = workspace.act(new FileInWorkspace.Folder(spec));
        if (folder == null) {
            throw new AbortException("spec: '" + spec + "' does not lie in the workspace " + workspace.getRemote()
                    + "; what does not is not read");
        }
        return folder;
    }

    /** Each is read once: what is shown is what was judged. */
    @Override
    public Optional<byte[]> read(String path) throws IOException {
        FileInWorkspace.Found found = known.get(path);
        if (found == null) {
            try {
                found = workspace.act(new FileInWorkspace.Read(place() + path));
            } catch (IOException | InterruptedException e) {
                throw new LostException(e);
            }
            known.put(path, found);
        }
        if (found.problem() != null) {
            throw new IOException(found.problem());
        }
        return Optional.ofNullable(found.bytes());
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
        for (String name : workspace.act(new FileInWorkspace.Choose(place(), wanted))) {
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
}
