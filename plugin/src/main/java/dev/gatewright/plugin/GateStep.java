// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps have in common: their parameters, which are those of every host. None of them has to be given. */
public abstract class GateStep extends Step {
    private final @Nullable StageName stage;
    private @Nullable String spec;
    private @Nullable List<String> set;
    private @Nullable String runId;
    private @Nullable String device;
    private @Nullable String tool;
    private @Nullable String failOn;

    /** Of one stage; null is the whole spec. */
    GateStep(@Nullable StageName stage) {
        this.stage = stage;
    }

    Optional<StageName> stage() {
        return Optional.ofNullable(stage);
    }

    /** The spec, or its folder. */
    public @Nullable String getSpec() {
        return spec;
    }

    /** See {@link #getSpec}. */
    @DataBoundSetter
    public void setSpec(@Nullable String spec) {
        this.spec = given(spec);
    }

    /** What is set from outside, each as KEY=VALUE. */
    public @Nullable List<String> getSet() {
        return set;
    }

    /** See {@link #getSet}. */
    @DataBoundSetter
    public void setSet(@Nullable List<String> set) {
        List<String> given = new ArrayList<>();
        for (String each : set == null ? List.<String>of() : set) {
            if (given(each) != null) {
                given.add(each);
            }
        }
        this.set = given.isEmpty() ? null : given;
    }

    /** Which run is continued. */
    public @Nullable String getRunId() {
        return runId;
    }

    /** See {@link #getRunId}. */
    @DataBoundSetter
    public void setRunId(@Nullable String runId) {
        this.runId = given(runId);
    }

    /** On what models run. */
    public @Nullable String getDevice() {
        return device;
    }

    /** See {@link #getDevice}. */
    @DataBoundSetter
    public void setDevice(@Nullable String device) {
        this.device = given(device);
    }

    /** The tool of Jenkins that runs it. */
    public @Nullable String getTool() {
        return tool;
    }

    /** See {@link #getTool}. */
    @DataBoundSetter
    public void setTool(@Nullable String tool) {
        this.tool = given(tool);
    }

    /** The mildest verdict that fails the step. */
    public @Nullable String getFailOn() {
        return failOn;
    }

    /** See {@link #getFailOn}. */
    @DataBoundSetter
    public void setFailOn(@Nullable String failOn) {
        this.failOn = given(failOn);
    }

    /** What a form leaves empty is not given. */
    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    @Override
    public final StepExecution start(StepContext context) throws Exception {
        return new StageExecution(context, StepRequest.of(this, context));
    }
}
