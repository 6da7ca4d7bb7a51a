// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Result;

/** Stands for {@code org.jenkinsci.plugins.workflow.actions.WarningAction} of workflow-api: marks a step that went on. */
public class WarningAction implements PersistentAction {
    private final Result result;
    private String message;

    /** As what it is shown. */
    public WarningAction(Result result) {
        this.result = result;
    }

    /** Says why. */
    public WarningAction withMessage(String message) {
        this.message = message;
        return this;
    }

    /** Why. */
    public String getMessage() {
        return message;
    }

    /** As what it is shown. */
    public Result getResult() {
        return result;
    }

    @Override
    public String getDisplayName() {
        return "Warning: " + message;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
