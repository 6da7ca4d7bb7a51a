// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import hudson.FilePath;

/** Stands for {@code hudson.model.Node} of Jenkins' core: an agent, or the controller. */
public abstract class Node {
    /** Its name; empty for the controller. */
    public abstract String getNodeName();

    /** Its name for a person. */
    public String getDisplayName() {
        return getNodeName();
    }

    /** Its folder; null while it is away. */
    public abstract FilePath getRootPath();

    /** A path on it; null while it is away. */
    public FilePath createPath(String absolutePath) {
        FilePath root = getRootPath();
        return root == null ? null : new FilePath(root.getChannel(), absolutePath);
    }
}
