// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.flow;

/** Stands for {@code org.jenkinsci.plugins.workflow.flow.FlowExecution} of workflow-api: a Pipeline that runs. */
public abstract class FlowExecution {}
