// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.tensor;

import dev.gatewright.validation.onnx.run.worker.ServedModel;
import java.util.ArrayList;
import java.util.List;

/** What shapes a model takes. */
public final class Shapes {
    private Shapes() {}

    /**
     * Refuses a shape that the input does not have. How many rows there are is left open: they are cut into batches.
     *
     * @param mostRows the most rows of a request
     */
    public static void check(ServedModel.Declared input, List<Long> shape, int mostRows)
            throws RefusedRequestException {
        List<Long> axes = input.axes();
        boolean fits = shape.size() == axes.size() && !shape.isEmpty();
        for (int i = 0; fits && i < axes.size(); i++) {
            fits = shape.get(i) >= 1
                    && (i == 0 || axes.get(i) < 0 || axes.get(i).equals(shape.get(i)));
        }
        if (!fits) {
            throw RefusedRequestException.wrong("input '" + input.name() + "' has the shape " + shape + "; "
                    + wanted(input) + " is expected, with one row or more");
        }
        if (shape.get(0) > mostRows) {
            throw RefusedRequestException.wrong("input '" + input.name() + "' has " + shape.get(0) + " rows; at most "
                    + mostRows + " are taken in one request");
        }
    }

    /** The shape of an input as a client may send it: -1 is open. */
    public static List<Long> wanted(ServedModel.Declared declared) {
        List<Long> shape = new ArrayList<>(declared.axes());
        if (!shape.isEmpty()) {
            shape.set(0, -1L);
        }
        return shape;
    }

    /**
     * The product of {@code shape}.
     *
     * @throws RefusedRequestException if it is more than {@code most}
     */
    public static int elements(ServedModel.Declared input, List<Long> shape, int most) throws RefusedRequestException {
        long elements = 1;
        for (long axis : shape) {
            if (axis < 0 || axis > most || elements * axis > most) {
                throw RefusedRequestException.wrong(
                        "input '" + input.name() + "' of the shape " + shape + " has more elements than are taken");
            }
            elements *= axis;
        }
        return (int) elements;
    }
}
