// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Action;

/** Stands for {@code org.jenkinsci.plugins.workflow.actions.PersistentAction} of workflow-api: an action that is kept. */
public interface PersistentAction extends Action {}
