// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code smokeTest}: does the endpoint answer as the model was judged? */
public final class SmokeTestStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public SmokeTestStep() {
        super(StageName.SMOKE_TEST);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(StageName.SMOKE_TEST);
        }
    }
}
