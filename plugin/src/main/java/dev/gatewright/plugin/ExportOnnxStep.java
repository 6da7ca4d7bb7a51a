// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code exportOnnx}: is the ONNX form the same model? */
public final class ExportOnnxStep extends GateStep {
    /** With no parameter given. */
    @DataBoundConstructor
    public ExportOnnxStep() {
        super(StageName.EXPORT_ONNX);
    }

    /** Registers it. */
    @Extension
    public static final class DescriptorImpl extends GateStepDescriptor {
        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(StageName.EXPORT_ONNX);
        }
    }
}
