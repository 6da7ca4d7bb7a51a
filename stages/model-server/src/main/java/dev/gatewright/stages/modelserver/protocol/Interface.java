// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.stages.modelserver.tensor.Utf8;
import dev.gatewright.validation.onnx.run.worker.ServedModel.Declared;
import java.util.List;

/**
 * What the served model takes and gives, as its clients see it.
 *
 * @param sha256 the digest of the model
 * @param mostRows the most rows of a request
 */
public record Interface(
        String name, String version, String sha256, List<Declared> inputs, List<Declared> outputs, int mostRows) {
    /** Keeps its own copies. */
    public Interface {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The input called {@code name}. */
    Declared input(String wanted) throws RefusedRequestException {
        return find(inputs, wanted, "input");
    }

    /** The output called {@code name}. */
    Declared output(String wanted) throws RefusedRequestException {
        return find(outputs, wanted, "output");
    }

    private static Declared find(List<Declared> all, String wanted, String what) throws RefusedRequestException {
        for (Declared declared : all) {
            if (declared.name().equals(wanted)) {
                return declared;
            }
        }
        throw RefusedRequestException.wrong("the model has no " + what + " '" + Utf8.shortened(wanted) + "'; it has "
                + all.stream().map(Declared::name).toList());
    }
}
