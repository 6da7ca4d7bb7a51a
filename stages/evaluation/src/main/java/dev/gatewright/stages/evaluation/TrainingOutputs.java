// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.SpecNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that a train-gate of the same spec is going to write. What lies there now is not what will be judged. Taken from
 * the spec as it was written, since stages do not know each other.
 */
record TrainingOutputs(List<Path> paths) {
    static TrainingOutputs of(Spec spec) {
        List<Path> paths = new ArrayList<>();
        Optional<SpecNode> outputs = get(Optional.of(spec.document()), "stages")
                .flatMap(stages -> get(Optional.of(stages), StageName.TRAIN_GATE.spelling()))
                .flatMap(stage -> get(Optional.of(stage), "outputs"));
        if (outputs.isPresent() && outputs.get() instanceof SpecNode.Sequence sequence) {
            for (SpecNode item : sequence.items()) {
                if (item instanceof SpecNode.Scalar scalar) {
                    paths.add(spec.resolve(Path.of(scalar.text())));
                }
            }
        }
        return new TrainingOutputs(List.copyOf(paths));
    }

    /** Whether {@code file} is one of them, or lies in one. */
    boolean hold(Path file) {
        return paths.stream().anyMatch(file::startsWith);
    }

    private static Optional<SpecNode> get(Optional<SpecNode> node, String key) {
        return node.flatMap(
                found -> found instanceof SpecNode.Mapping mapping ? mapping.get(key) : Optional.<SpecNode>empty());
    }
}
