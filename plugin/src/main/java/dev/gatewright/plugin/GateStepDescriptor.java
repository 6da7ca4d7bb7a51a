// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.FailOn;
import dev.gatewright.stages.api.host.Spelling;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jspecify.annotations.Nullable;

/** What is true of all steps of one name. The name is the stage's: {@code canary-deploy} is the step {@code canaryDeploy}. */
public abstract class GateStepDescriptor extends StepDescriptor {
    private static final String WHOLE_SPEC = "gatewright";

    private final transient @Nullable StageName stage;

    /** Of one stage; null is the whole spec. */
    GateStepDescriptor(@Nullable StageName stage) {
        this.stage = stage;
    }

    @Override
    public final String getFunctionName() {
        return stage == null ? WHOLE_SPEC : Spelling.camel(stage);
    }

    @Override
    public final String getDisplayName() {
        return "Gatewright: " + (stage == null ? "all stages of a spec" : "stage " + stage.spelling());
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(
                Run.class,
                FlowNode.class,
                Node.class,
                FilePath.class,
                Launcher.class,
                EnvVars.class,
                TaskListener.class);
    }

    /** What can be chosen in the form; its first choice is not to say it. */
    public final ListBoxModel doFillDeviceItems() {
        return choices(List.of("auto", "cpu", "cuda", "tensorrt"));
    }

    /** See {@link #doFillDeviceItems}. */
    public final ListBoxModel doFillToolItems() {
        GatewrightInstallation[] all = ExtensionList.lookupSingleton(GatewrightInstallation.DescriptorImpl.class)
                .getInstallations();
        return choices(Arrays.stream(all).map(GatewrightInstallation::getName).toList());
    }

    /** See {@link #doFillDeviceItems}. */
    public final ListBoxModel doFillFailOnItems() {
        return choices(Arrays.stream(FailOn.values()).map(FailOn::name).toList());
    }

    private static ListBoxModel choices(List<String> values) {
        ListBoxModel choices = new ListBoxModel();
        choices.add("", "");
        values.forEach(value -> choices.add(value, value));
        return choices;
    }

    @Override
    public final @Nullable String argumentsToString(Map<String, Object> namedArgs) {
        return namedArgs.get("spec") instanceof String spec ? spec : null;
    }
}
