// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.run;

import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * A request that waits for its turn.
 *
 * @param inputs one for each input of the model; their memory stays as it is until the job is done
 * @param deadline of {@link System#nanoTime()}, after which it is not begun any more
 * @param done is told once how it ended, by the thread that ran it
 */
public record Job(List<ServedTensor> inputs, long deadline, Consumer<Outcome> done) {
    /** Keeps its own copy. */
    public Job {
        inputs = List.copyOf(inputs);
    }

    int rows() {
        return inputs.get(0).rows();
    }

    /** Whether the rows of both may stand in one tensor. */
    boolean isLike(Job other) {
        for (int i = 0; i < inputs.size(); i++) {
            List<Long> shape = inputs.get(i).shape();
            List<Long> theirs = other.inputs.get(i).shape();
            boolean isSame = inputs.get(i).name().equals(other.inputs.get(i).name())
                    && shape.subList(1, shape.size()).equals(theirs.subList(1, theirs.size()));
            if (!isSame) {
                return false;
            }
        }
        return true;
    }
}
