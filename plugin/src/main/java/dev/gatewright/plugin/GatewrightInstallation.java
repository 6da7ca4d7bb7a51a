// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import hudson.tools.ToolProperty;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.YesNoMaybe;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** A Gatewright on agents: a folder that is there already, or one that an installer brings. */
public final class GatewrightInstallation extends ToolInstallation
        implements EnvironmentSpecific<GatewrightInstallation>, NodeSpecific<GatewrightInstallation> {
    private static final long serialVersionUID = 1;

    /** As the form and the configuration as code make it. */
    @DataBoundConstructor
    public GatewrightInstallation(
            String name, @Nullable String home, @Nullable List<? extends ToolProperty<?>> properties) {
        super(name, home, properties);
    }

    /**
     * What starts the program on an agent.
     *
     * @param tool which installation; none for the program on the agent's {@code PATH}
     * @param node the agent, on which the program is installed first where it is not there yet
     * @param environment of the build, for variables in the installation's home
     * @throws AbortException if there is no such installation, or no program in it
     */
    static String launcher(@Nullable String tool, Node node, EnvVars environment, TaskListener log)
            throws IOException, InterruptedException {
        if (tool == null || tool.isBlank()) {
            return "gatewright";
        }
        return named(tool).forNode(node, log).forEnvironment(environment).program(node);
    }

    private static GatewrightInstallation named(String name) throws AbortException {
        GatewrightInstallation[] all =
                ExtensionList.lookupSingleton(DescriptorImpl.class).getInstallations();
        for (GatewrightInstallation each : all) {
            if (name.equals(each.getName())) {
                return each;
            }
        }
        String others = Arrays.stream(all).map(ToolInstallation::getName).collect(Collectors.joining(", "));
        throw new AbortException("There is no Gatewright called '" + name + "': "
                + (others.isEmpty() ? "none is configured" : "configured are " + others)
                + ". Manage Jenkins, Tools, Gatewright adds one.");
    }

    private String program(Node node) throws IOException, InterruptedException {
        String home = getHome();
        if (home == null || home.isBlank()) {
            throw new AbortException("The Gatewright '" + getName() + "' has no installation directory on the agent "
                    + node.getDisplayName() + ", and no installer for it.");
        }
        FilePath folder = node.createPath(home);
        if (folder == null) {
            throw new AbortException("The agent " + node.getDisplayName() + " is not connected.");
        }
        String program = folder.act(new ProgramFolder());
        if (program == null) {
            throw new AbortException("There is no program bin/gatewright in " + home + " on the agent "
                    + node.getDisplayName() + ", where the Gatewright '" + getName() + "' is said to be.");
        }
        return program;
    }

    @Override
    public GatewrightInstallation forNode(Node node, TaskListener log) throws IOException, InterruptedException {
        return new GatewrightInstallation(getName(), translateFor(node, log), List.of());
    }

    @Override
    public GatewrightInstallation forEnvironment(EnvVars environment) {
        String home = getHome();
        return new GatewrightInstallation(getName(), home == null ? null : environment.expand(home), List.of());
    }

    @Override
    public void buildEnvVars(EnvVars env) {
        String home = getHome();
        if (home != null) {
            env.put("PATH+GATEWRIGHT", home + "/bin");
        }
    }

    /** The form's part. */
    @Extension(dynamicLoadable = YesNoMaybe.YES)
    @Symbol("gatewright")
    public static final class DescriptorImpl extends ToolDescriptor<GatewrightInstallation> {
        /** Reads what was configured. */
        public DescriptorImpl() {
            load();
        }

        @Override
        public String getDisplayName() {
            return "Gatewright";
        }

        @Override
        public List<? extends ToolInstaller> getDefaultInstallers() {
            return List.of(new GatewrightInstaller("", "", ""));
        }

        @Override
        public void setInstallations(GatewrightInstallation... installations) {
            super.setInstallations(installations);
            save();
        }
    }
}
