// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.validation.onnx.run.worker.ServedModel.Declared;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.util.ArrayList;
import java.util.List;

/** Holds the inputs of a request to those of the model. */
final class Rows {
    private Rows() {}

    /**
     * The tensors in the order of the model's inputs.
     *
     * @throws RefusedRequestException if one is missing, or they have not as many rows each
     */
    static List<ServedTensor> inOrder(Interface model, List<ServedTensor> tensors) throws RefusedRequestException {
        List<ServedTensor> ordered = new ArrayList<>();
        for (Declared input : model.inputs()) {
            ordered.add(tensors.stream()
                    .filter(tensor -> tensor.name().equals(input.name()))
                    .findFirst()
                    .orElseThrow(() -> RefusedRequestException.wrong("input '" + input.name() + "' is missing")));
        }
        for (ServedTensor tensor : tensors) {
            if (tensor.rows() != tensors.get(0).rows()) {
                throw RefusedRequestException.wrong("input '" + tensor.name() + "' has " + tensor.rows() + " rows and '"
                        + tensors.get(0).name() + "' has " + tensors.get(0).rows() + "; each needs as many");
            }
        }
        return ordered;
    }
}
