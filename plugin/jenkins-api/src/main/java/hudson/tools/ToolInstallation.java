// SPDX-License-Identifier: Apache-2.0
package hudson.tools;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Node;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Stands for {@code hudson.tools.ToolInstallation} of Jenkins' core: a program on agents, by name. */
public abstract class ToolInstallation extends AbstractDescribableImpl<ToolInstallation>
        implements Serializable, ExtensionPoint {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String home;
    private final transient List<? extends ToolProperty<?>> properties;

    /** A program that is there, or that one of its properties brings there. */
    protected ToolInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {
        this.name = name;
        this.home = home;
        this.properties = properties == null ? List.of() : List.copyOf(properties);
    }

    /** Its name. */
    public String getName() {
        return name;
    }

    /** Its folder; null where only an installer knows it. */
    public String getHome() {
        return home;
    }

    /** Adds the variables that a build sees. */
    public void buildEnvVars(EnvVars env) {}

    /** Where it is on a node: where the first installer for that node puts it, or in its home. */
    protected String translateFor(Node node, TaskListener log) throws IOException, InterruptedException {
        for (ToolProperty<?> property : properties) {
            if (property instanceof InstallSourceProperty sources) {
                for (ToolInstaller installer : sources.installers) {
                    return installer.performInstallation(this, node, log).getRemote();
                }
            }
        }
        return home;
    }
}
