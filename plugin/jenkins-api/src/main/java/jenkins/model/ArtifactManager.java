// SPDX-License-Identifier: Apache-2.0
package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import java.io.IOException;
import java.util.Map;

/** Stands for {@code jenkins.model.ArtifactManager} of Jenkins' core: keeps what a build leaves. */
public abstract class ArtifactManager {
    /**
     * Keeps files.
     *
     * @param artifacts where each is kept, and where it is in the workspace
     */
    public abstract void archive(
            FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
            throws IOException, InterruptedException;
}
