// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.run;

import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.util.List;

/** How a request ended. */
public sealed interface Outcome {
    /** The model answered. */
    record Answered(List<ServedTensor> outputs) implements Outcome {
        /** Keeps its own copy. */
        public Answered {
            outputs = List.copyOf(outputs);
        }
    }

    /** The model failed on it; the sentence says how. */
    record Failed(String sentence) implements Outcome {}

    /** It waited longer than it may, and was not run. */
    record TooLate() implements Outcome {}
}
