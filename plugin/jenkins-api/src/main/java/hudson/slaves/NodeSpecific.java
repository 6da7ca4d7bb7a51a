// SPDX-License-Identifier: Apache-2.0
package hudson.slaves;

import hudson.model.Node;
import hudson.model.TaskListener;
import java.io.IOException;

/** Stands for {@code hudson.slaves.NodeSpecific} of Jenkins' core. */
public interface NodeSpecific<T extends NodeSpecific<T>> {
    /** The same as it is on a node. */
    T forNode(Node node, TaskListener log) throws IOException, InterruptedException;
}
