// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow;

import dev.gatewright.jenkins.Agent;
import hudson.FilePath;

/** Stands for {@code org.jenkinsci.plugins.workflow.FilePathUtils} of workflow-api: keeps a path over a restart. */
public class FilePathUtils {
    private FilePathUtils() {}

    /** The agent's name. */
    public static String getNodeName(FilePath f) throws IllegalStateException {
        if (f.getChannel() instanceof Agent agent) {
            return agent.name();
        }
        throw new IllegalStateException("no known agent for " + f);
    }

    /** The path on the agent of that name; null where it is away. */
    public static FilePath find(String node, String path) {
        Agent agent = Agent.connected(node);
        return agent == null ? null : new FilePath(agent, path);
    }
}
