// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import dev.gatewright.stages.api.StageName;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run that passes: the healthy twin of the cases that break it.
 *
 * @param name what it is, for people
 * @param stages the stages of its spec, in order
 * @param commands the command lines, without the spec
 * @param files writes the spec and all that it needs
 */
record Sound(String name, List<StageName> stages, List<List<String>> commands, Consumer<Sandbox> files) {
    /** The id under which stages are started one by one. */
    static final String RUN_ID = "r1";

    /** All stages by one command. */
    static Sound run(String name, List<StageName> stages, Consumer<Sandbox> files) {
        return new Sound(name, stages, List.of(List.of("run", "--run-id", RUN_ID)), files);
    }

    /** The same, each stage by a command of its own. */
    Sound byStage() {
        List<List<String>> each = stages.stream()
                .map(stage -> List.of(stage.spelling(), "--run-id", RUN_ID))
                .toList();
        return new Sound(name + ", stage by stage", stages, each, files);
    }

    /** The same with something else in its files. */
    Sound with(String what, Consumer<Sandbox> change) {
        return new Sound(name + what, stages, commands, files.andThen(change));
    }

    /** The stage whose evidence is broken unless a case says otherwise. */
    StageName lastStage() {
        return stages.get(stages.size() - 1);
    }
}
