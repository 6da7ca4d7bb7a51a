// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code gatewright}: all stages of a spec, in their order. */
public final class GatewrightStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public GatewrightStep() {
        super(null);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(null);
        }
    }
}
