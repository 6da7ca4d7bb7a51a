// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import dev.gatewright.stages.modelserver.tensor.TensorWriter;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, whichever protocol it speaks.
 *
 * @param id what the client calls its request; given back
 * @param inputs one for each input of the model, with as many rows each
 * @param wanted the outputs to give, in this order
 * @param form how to write the answer
 * @param memory what the inputs lie in
 */
public record InferRequest(
        @Nullable String id, List<ServedTensor> inputs, List<Wanted> wanted, Form form, List<TensorWriter> memory) {
    /** How an answer is written. */
    public enum Form {
        /** Protocol v2: tensors, as JSON or as raw bytes behind it. */
        V2,
        /** Protocol v1: one prediction a row. */
        V1_ROWS,
        /** Protocol v1: one array an output. */
        V1_COLUMNS
    }

    /** An output, and whether it is wanted as raw bytes. */
    public record Wanted(String name, boolean binary) {}

    /** Keeps its own copies. */
    public InferRequest {
        inputs = List.copyOf(inputs);
        wanted = List.copyOf(wanted);
        memory = List.copyOf(memory);
    }

    /** How many rows are asked for. */
    public int rows() {
        return inputs.get(0).rows();
    }

    /** Gives the memory of the inputs back. */
    public void release() {
        memory.forEach(TensorWriter::release);
    }
}
