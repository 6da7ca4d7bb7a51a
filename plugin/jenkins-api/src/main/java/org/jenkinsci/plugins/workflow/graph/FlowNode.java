// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

/** Stands for {@code org.jenkinsci.plugins.workflow.graph.FlowNode} of workflow-api: a step in the view of a build. */
public abstract class FlowNode extends Actionable {
    private final String id;

    /** One of a Pipeline. */
    protected FlowNode(FlowExecution exec, String id, FlowNode... parents) {
        this.id = id;
    }

    /** Its id. */
    public String getId() {
        return id;
    }

    @Override
    public String getDisplayName() {
        return getTypeDisplayName();
    }

    /** What it is, for a person. */
    protected abstract String getTypeDisplayName();
}
