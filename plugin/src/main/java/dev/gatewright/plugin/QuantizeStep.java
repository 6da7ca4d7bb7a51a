// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code quantize}: is the smaller form still good enough? */
public final class QuantizeStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public QuantizeStep() {
        super(StageName.QUANTIZE);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(StageName.QUANTIZE);
        }
    }
}
