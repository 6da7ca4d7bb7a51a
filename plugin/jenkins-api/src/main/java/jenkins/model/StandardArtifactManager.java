// SPDX-License-Identifier: Apache-2.0
package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Stands for {@code jenkins.model.StandardArtifactManager} of Jenkins' core: keeps them in the build's folder. */
public class StandardArtifactManager extends ArtifactManager {
    private final Run<?, ?> build;

    /** Of one build. */
    public StandardArtifactManager(Run<?, ?> build) {
        this.build = build;
    }

    @Override
    public void archive(FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
            throws IOException, InterruptedException {
        for (Map.Entry<String, String> artifact : artifacts.entrySet()) {
            File kept = new File(new File(build.getRootDir(), "archive"), artifact.getKey());
            Files.createDirectories(kept.getParentFile().toPath());
            try (InputStream in = workspace.child(artifact.getValue()).read()) {
                Files.copy(in, kept.toPath(), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
