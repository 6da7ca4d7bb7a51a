// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code trainGate}: is this training run fit to be judged? */
public final class TrainGateStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public TrainGateStep() {
        super(StageName.TRAIN_GATE);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(StageName.TRAIN_GATE);
        }
    }
}
