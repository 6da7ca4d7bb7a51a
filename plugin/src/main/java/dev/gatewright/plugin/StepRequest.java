// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.FailOn;
import hudson.AbortException;
import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** What a step was asked for, checked. It is saved with the build, so it holds what the JDK has, and is no record. */
final class StepRequest implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_SPEC = "gatewright.yaml";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern OUTSIDE_OF_A_NAME = Pattern.compile("[^A-Za-z0-9._-]");

    private final @Nullable String stage;
    private final String spec;
    private final ArrayList<String> set;
    private final String runId;
    private final @Nullable String device;
    private final @Nullable String tool;
    private final String failOn;

    private StepRequest(GateStep step, String runId, String failOn) {
        this.stage = step.stage().map(StageName::spelling).orElse(null);
        this.spec = step.getSpec() == null ? DEFAULT_SPEC : step.getSpec();
        this.set = new ArrayList<>(step.getSet() == null ? List.of() : step.getSet());
        this.runId = runId;
        this.device = step.getDevice();
        this.tool = step.getTool();
        this.failOn = failOn;
    }

    static StepRequest of(GateStep step, StepContext context) throws IOException, InterruptedException {
        String failOn = step.getFailOn() == null ? FailOn.FAILED.name() : step.getFailOn();
        if (Arrays.stream(FailOn.values()).noneMatch(known -> known.name().equals(failOn))) {
            throw new AbortException("failOn: '" + failOn + "' is none of " + Arrays.toString(FailOn.values())
                    + "; FAILED is the default");
        }
        String runId = step.getRunId() == null ? ofTheBuild(context.get(Run.class)) : step.getRunId();
        if (!NAME.matcher(runId).matches() || runId.chars().allMatch(c -> c == '.')) {
            throw new AbortException("runId: '" + runId + "' is not a name of letters, digits, '.', '_' and '-'");
        }
        StepRequest request = new StepRequest(step, runId, failOn);
        for (String argument : request.arguments()) {
            if (argument.indexOf('\0') >= 0) {
                throw new AbortException("a value with a NUL character can be handed to no program: " + argument);
            }
        }
        return request;
    }

    /** So that the steps of one build continue one run. */
    private static String ofTheBuild(Run<?, ?> run) {
        String job = OUTSIDE_OF_A_NAME.matcher(run.getParent().getFullName()).replaceAll("-");
        return "jenkins-" + job + "-" + run.getNumber();
    }

    Optional<StageName> stage() {
        return Optional.ofNullable(stage).flatMap(StageName::of);
    }

    String spec() {
        return spec;
    }

    String runId() {
        return runId;
    }

    @Nullable
    String tool() {
        return tool;
    }

    FailOn failOn() {
        return FailOn.valueOf(failOn);
    }

    /** What runs, for a person. */
    String what() {
        return stage == null ? "run " + runId : stage;
    }

    /**
     * The program's arguments. A value never begins one: it could be taken for an option, or for a file with more arguments, which
     * begins with an at sign.
     */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(stage == null ? "run" : stage);
        arguments.add("--host=jenkins");
        arguments.add("--run-id=" + runId);
        set.forEach(setting -> arguments.add("--set=" + setting));
        if (device != null) {
            arguments.add("--device=" + device);
        }
        arguments.add("--");
        arguments.add(spec.startsWith("@") ? "./" + spec : spec);
        return arguments;
    }
}
