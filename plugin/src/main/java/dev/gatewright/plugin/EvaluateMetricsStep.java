// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code evaluateMetrics}: is the model good enough on rows that it has not seen? */
public final class EvaluateMetricsStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public EvaluateMetricsStep() {
        super(StageName.EVALUATE_METRICS);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(StageName.EVALUATE_METRICS);
        }
    }
}
