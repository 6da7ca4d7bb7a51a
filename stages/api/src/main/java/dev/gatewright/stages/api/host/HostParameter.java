// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

/**
 * The parameters of a run and of each stage, as every host offers them. Inputs of actions, parameters of steps, help files and
 * tables in the documentation repeat this table word for word.
 */
public enum HostParameter {
    /** Which spec. */
    SPEC("The spec, or a folder with a gatewright.yaml; gatewright.yaml where it is left out."),
    /** What of it is set from outside. */
    SET("Values of the spec that are set from outside, each as KEY=VALUE, such as"
            + " stages.evaluate-metrics.gates[0].min=0.9."),
    /** Which run. */
    RUN_ID("The run that is continued, or started under this id; the host's own build gives one where it is left out."),
    /** On what. */
    DEVICE(
            "What models run on: auto, cpu, cuda or tensorrt. Anything but auto is a demand; the spec decides where it is"
                    + " left out."),
    /** Which program. */
    TOOL("The Gatewright that runs it; the program on the PATH where it is left out.", true),
    /** From which verdict on it is a failure. */
    FAIL_ON(
            "The mildest verdict that fails the build: INCONCLUSIVE, FAILED (where it is left out) or NOT_EVALUATED, in this"
                    + " order; a milder one than that makes it unstable, and only PASSED is a success.",
            true);

    private final String description;
    private final boolean onlyInJenkins;

    HostParameter(String description) {
        this(description, false);
    }

    HostParameter(String description, boolean onlyInJenkins) {
        this.description = description;
        this.onlyInJenkins = onlyInJenkins;
    }

    /** As the command line and actions write it: {@code run-id}. */
    public String spelling() {
        return Spelling.kebab(this);
    }

    /** As Jenkins writes it: {@code runId}. */
    public String camelCase() {
        return Spelling.camel(this);
    }

    /** What it says, in a sentence or two. */
    public String description() {
        return description;
    }

    /** Whether that host offers it. */
    public boolean isOn(Host host) {
        return !onlyInJenkins || host == Host.JENKINS || host == Host.SHARED_LIBRARY;
    }
}
