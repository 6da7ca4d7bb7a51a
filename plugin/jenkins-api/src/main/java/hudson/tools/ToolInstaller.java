// SPDX-License-Identifier: Apache-2.0
package hudson.tools;

import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.model.Describable;
import hudson.model.Node;
import hudson.model.TaskListener;
import java.io.IOException;
import jenkins.model.Jenkins;

/** Stands for {@code hudson.tools.ToolInstaller} of Jenkins' core: brings a tool to an agent. */
public abstract class ToolInstaller implements Describable<ToolInstaller>, ExtensionPoint {
    private final String label;

    /** For agents of that label; for all, where it is null. */
    protected ToolInstaller(String label) {
        this.label = label;
    }

    /** Whose agents it is for. */
    public final String getLabel() {
        return label;
    }

    /** Sees to it that the tool is there, and says where. */
    public abstract FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException;

    @Override
    public ToolInstallerDescriptor<?> getDescriptor() {
        return (ToolInstallerDescriptor<?>) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
