// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code canaryDeploy}: does it hold under a growing share of the traffic? */
public final class CanaryDeployStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public CanaryDeployStep() {
        super(StageName.CANARY_DEPLOY);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(StageName.CANARY_DEPLOY);
        }
    }
}
