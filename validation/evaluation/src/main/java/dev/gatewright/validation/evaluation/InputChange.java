// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Another way in which an input may be fed.
 *
 * @param words the sentence for where a model agrees with its source when it is fed so
 * @param feeding the elements of all rows, from those of all rows as they were
 */
record InputChange(String words, UnaryOperator<float[]> feeding) {
    private static final int MOST_AXES = 4;
    private static final int IMAGE_AXES = 3;
    private static final float PIXELS = 255;
    private static final String AXES = "; export the model with the axes that it was trained with";
    private static final String NORMALISED =
            ": the exported model and its source normalise it differently; normalise it in one place";

    /** Axes of a row of {@code shape} in another order. */
    static List<InputChange> ofAxes(String input, List<Integer> shape) {
        List<InputChange> changes = new ArrayList<>();
        for (int one = 0; one < shape.size() && shape.size() <= MOST_AXES; one++) {
            for (int other = one + 1; other < shape.size(); other++) {
                if (shape.get(one).equals(shape.get(other)) && shape.get(one) > 1) {
                    int first = one;
                    int second = other;
                    changes.add(new InputChange(
                            "it agrees with the source when axes " + (one + 1) + " and " + (other + 1) + " of input '"
                                    + input + "' are swapped (axis 0 is the rows)" + AXES,
                            rows -> swapped(rows, shape, first, second)));
                }
            }
        }
        if (shape.size() == IMAGE_AXES) {
            int pixels = shape.get(1) * shape.get(2);
            changes.add(new InputChange(
                    "it agrees with the source when input '" + input
                            + "' is turned from channels last (NHWC) to channels first (NCHW)" + AXES,
                    rows -> transposed(rows, pixels, shape.get(0))));
            int planes = shape.get(0) * shape.get(1);
            changes.add(new InputChange(
                    "it agrees with the source when input '" + input
                            + "' is turned from channels first (NCHW) to channels last (NHWC)" + AXES,
                    rows -> transposed(rows, shape.get(2), planes)));
        }
        return changes;
    }

    /** Pixels that were scaled twice, or not at all. */
    static List<InputChange> ofPixels(String input) {
        return List.of(
                scaled(input, "divided by 255", 1 / PIXELS, 0),
                scaled(input, "multiplied by 255", PIXELS, 0),
                scaled(input, "taken from [0, 1] to [-1, 1]", 2, -1),
                scaled(input, "taken from [-1, 1] to [0, 1]", 0.5f, 0.5f),
                scaled(input, "taken from [0, 255] to [-1, 1]", 2 / PIXELS, -1),
                scaled(input, "inverted (1 - x)", -1, 1));
    }

    /** Columns that were scaled twice, or not at all, as the training rows have them. */
    static List<InputChange> ofColumns(String input, ColumnScales scales) {
        return List.of(
                ofColumns(
                        input,
                        "brought to mean 0 and deviation 1, as of the training rows",
                        scales::standardised,
                        scales),
                ofColumns(
                        input, "taken back from mean 0 and deviation 1, as of the training rows", scales::raw, scales),
                ofColumns(input, "brought to [0, 1], as of the training rows", scales::ranged, scales),
                ofColumns(input, "taken back from [0, 1], as of the training rows", scales::unranged, scales));
    }

    /** The value of a column in another scale. */
    interface Scale {
        double of(double value, int column);
    }

    private static InputChange ofColumns(String input, String how, Scale scale, ColumnScales scales) {
        return new InputChange(
                "it agrees with the source when each column of input '" + input + "' is " + how + NORMALISED, rows -> {
                    float[] changed = new float[rows.length];
                    for (int i = 0; i < rows.length; i++) {
                        changed[i] = (float) scale.of(rows[i], i % scales.width());
                    }
                    return changed;
                });
    }

    private static InputChange scaled(String input, String how, float factor, float offset) {
        return new InputChange("it agrees with the source when input '" + input + "' is " + how + NORMALISED, rows -> {
            float[] changed = new float[rows.length];
            for (int i = 0; i < rows.length; i++) {
                changed[i] = rows[i] * factor + offset;
            }
            return changed;
        });
    }

    private static float[] swapped(float[] rows, List<Integer> shape, int first, int second) {
        int width = width(shape);
        int[] strides = new int[shape.size()];
        int stride = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.get(axis);
        }
        float[] swapped = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int inRow = i % width;
            int one = inRow / strides[first] % shape.get(first);
            int other = inRow / strides[second] % shape.get(second);
            int to = inRow + (other - one) * strides[first] + (one - other) * strides[second];
            swapped[i - inRow + to] = rows[i];
        }
        return swapped;
    }

    /** Each row is a matrix of {@code height} x {@code width}, and comes out as {@code width} x {@code height}. */
    private static float[] transposed(float[] rows, int height, int width) {
        float[] transposed = new float[rows.length];
        int size = height * width;
        for (int i = 0; i < rows.length; i++) {
            int inRow = i % size;
            transposed[i - inRow + inRow % width * height + inRow / width] = rows[i];
        }
        return transposed;
    }

    /** The elements of a row. */
    static int width(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
