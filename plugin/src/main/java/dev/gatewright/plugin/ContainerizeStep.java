// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code containerize}: does the image serve the model that was judged? */
public final class ContainerizeStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public ContainerizeStep() {
        super(StageName.CONTAINERIZE);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(StageName.CONTAINERIZE);
        }
    }
}
