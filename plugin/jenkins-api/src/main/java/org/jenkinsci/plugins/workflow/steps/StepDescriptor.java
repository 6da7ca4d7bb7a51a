// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Descriptor;
import java.util.Map;
import java.util.Set;

/** Stands for {@code org.jenkinsci.plugins.workflow.steps.StepDescriptor} of workflow-step-api: what is true of all such steps. */
public abstract class StepDescriptor extends Descriptor<Step> {
    /** What has to be around it. */
    public abstract Set<? extends Class<?>> getRequiredContext();

    /** Its name in a Jenkinsfile. */
    public abstract String getFunctionName();

    /** Its arguments in a view of the build; null leaves them out. */
    public String argumentsToString(Map<String, Object> namedArgs) {
        return null;
    }
}
