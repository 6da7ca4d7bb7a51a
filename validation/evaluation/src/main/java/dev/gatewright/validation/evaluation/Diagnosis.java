// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a model does not answer as its source: a cause is named only where undoing it makes the first rows agree. So it is never
 * a guess, and where nothing that is known explains the difference nothing is said.
 */
public final class Diagnosis {
    /** Agreement to this, absolute and relative, is no chance among outputs that differed. */
    private static final double CLOSE = 1e-3;

    private static final int MOST_AXES = 4;
    private static final int MOST_COLUMNS = 1000;
    private static final double PIXELS = 255;

    private final FirstRows rows;
    private final Map<String, double[]> source;

    private Diagnosis(FirstRows rows, Map<String, double[]> source) {
        this.rows = rows;
        this.source = source;
    }

    /**
     * The cause of a difference between the model of {@code request} and what its source answered; empty where none is found.
     * The sentence goes on after "…: ".
     *
     * @throws EvaluationFailedException if one of both cannot be had
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static Optional<String> of(EvaluationRequest request, RecordedModel source) throws InterruptedException {
        return Evaluator.failingAlike(() -> {
            try (FirstRows rows = FirstRows.of(request)) {
                return new Diagnosis(rows, first(source, rows.rows())).cause();
            }
        });
    }

    /** The source's float outputs on the first rows. */
    private static Map<String, double[]> first(RecordedModel source, int rows) {
        Map<String, double[]> outputs = new HashMap<>();
        for (EvaluationRequest.RecordedOutput output : source.outputs()) {
            RecordedTensor tensor = RecordedTensor.open(output, rows);
            try {
                TensorView view = tensor.view(tensor.read());
                if (OutputDifference.isFloat(view)) {
                    outputs.put(output.name(), (double[]) FirstRows.copy(view, rows));
                }
            } finally {
                tensor.close();
            }
        }
        return outputs;
    }

    private Optional<String> cause() throws InterruptedException {
        List<Object> answers = rows.answers(rows.rows());
        if (source.isEmpty() || agree(answers)) {
            return Optional.empty();
        }
        String columns = columns(answers);
        if (columns != null) {
            return Optional.of(columns);
        }
        for (int i = 0; i < rows.inputs().size(); i++) {
            Field.Matrix input = rows.inputs().get(i);
            if (input.type() == ElementType.FLOAT32) {
                String cause = input(i, input);
                if (cause != null) {
                    return Optional.of(cause);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a permutation of one output's columns makes it the source's. */
    private @Nullable String columns(List<Object> answers) throws InterruptedException {
        List<TensorSpec> outputs = rows.outputs();
        for (int output = 0; output < outputs.size(); output++) {
            double[] expected = source.get(outputs.get(output).name());
            int width = outputs.get(output).rowSize();
            if (expected == null
                    || width < 2
                    || width > MOST_COLUMNS
                    || !(answers.get(output) instanceof double[] found)
                    || found.length != expected.length) {
                continue;
            }
            List<Integer> order = order(found, expected, width);
            if (order != null) {
                List<String> moved = new ArrayList<>();
                for (int column = 0; column < width && moved.size() < 3; column++) {
                    if (order.get(column) != column) {
                        moved.add("column " + column + " is the source's column " + order.get(column));
                    }
                }
                if (!moved.isEmpty()) {
                    return "output '" + outputs.get(output).name() + "' has the source's columns in another order ("
                            + String.join(", ", moved) + "); export the classes in the order of the source";
                }
            }
        }
        return null;
    }

    /** For each column the source's column that equals it; null where one has none, or several. */
    private @Nullable List<Integer> order(double[] found, double[] expected, int width) {
        List<Integer> order = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            int match = -1;
            for (int other = 0; other < width; other++) {
                if (equal(found, column, expected, other, width)) {
                    if (match >= 0) {
                        return null;
                    }
                    match = other;
                }
            }
            if (match < 0 || order.contains(match)) {
                return null;
            }
            order.add(match);
        }
        return order;
    }

    private boolean equal(double[] found, int column, double[] expected, int other, int width) {
        for (int row = 0; row < rows.rows(); row++) {
            if (!isClose(found[row * width + column], expected[row * width + other])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the outputs agree when one input is fed otherwise. */
    private @Nullable String input(int index, Field.Matrix input) throws InterruptedException {
        ByteBuffer memory = rows.memory(index);
        float[] original = new float[elements(rows.shape(input)) * rows.rows()];
        FloatBuffer floats = memory.duplicate()
                .order(java.nio.ByteOrder.nativeOrder())
                .position(0)
                .asFloatBuffer();
        floats.duplicate().get(original);
        try {
            for (List<Integer> axes : swaps(rows.shape(input))) {
                floats.duplicate().put(swapped(original, rows.shape(input), axes));
                if (agreeNow()) {
                    return "it agrees with the source when axes " + (axes.get(0) + 1) + " and " + (axes.get(1) + 1)
                            + " of input '" + input.name()
                            + "' are swapped (axis 0 is the rows); export the model with the"
                            + " axes that it was trained with";
                }
            }
            for (Scaling scaling : Scaling.values()) {
                float[] scaled = new float[original.length];
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = (float) (original[i] * scaling.factor + scaling.offset);
                }
                floats.duplicate().put(scaled);
                if (agreeNow()) {
                    return "it agrees with the source when input '" + input.name() + "' is " + scaling.words
                            + ": the exported model and its source normalise it differently; normalise it in one place";
                }
            }
            return null;
        } finally {
            floats.duplicate().put(original);
        }
    }

    /** Ways in which pixels are scaled, one of which may have been done twice or not at all. */
    private enum Scaling {
        DIVIDED(1 / PIXELS, 0, "divided by 255"),
        MULTIPLIED(PIXELS, 0, "multiplied by 255"),
        CENTRED(2, -1, "taken from [0, 1] to [-1, 1]"),
        UNCENTRED(0.5, 0.5, "taken from [-1, 1] to [0, 1]"),
        PIXELS_CENTRED(2 / PIXELS, -1, "taken from [0, 255] to [-1, 1]"),
        INVERTED(-1, 1, "inverted (1 - x)");

        private final double factor;
        private final double offset;
        private final String words;

        Scaling(double factor, double offset, String words) {
            this.factor = factor;
            this.offset = offset;
            this.words = words;
        }
    }

    private boolean agreeNow() throws InterruptedException {
        return agree(rows.answers(rows.rows()));
    }

    private boolean agree(List<Object> answers) throws InterruptedException {
        List<TensorSpec> outputs = rows.outputs();
        int compared = 0;
        for (int output = 0; output < outputs.size(); output++) {
            double[] expected = source.get(outputs.get(output).name());
            if (expected != null && answers.get(output) instanceof double[] found) {
                compared++;
                if (found.length != expected.length) {
                    return false;
                }
                for (int i = 0; i < found.length; i++) {
                    if (!isClose(found[i], expected[i])) {
                        return false;
                    }
                }
            }
        }
        return compared > 0;
    }

    private static boolean isClose(double found, double expected) {
        return Math.abs(found - expected) <= CLOSE + CLOSE * Math.abs(expected);
    }

    /** The pairs of axes of a row that can be swapped without changing its shape. */
    private static List<List<Integer>> swaps(List<Integer> shape) {
        List<List<Integer>> swaps = new ArrayList<>();
        for (int one = 0; one < shape.size() && shape.size() <= MOST_AXES; one++) {
            for (int other = one + 1; other < shape.size(); other++) {
                if (shape.get(one).equals(shape.get(other)) && shape.get(one) > 1) {
                    swaps.add(List.of(one, other));
                }
            }
        }
        return swaps;
    }

    private static float[] swapped(float[] original, List<Integer> shape, List<Integer> axes) {
        int width = elements(shape);
        int[] strides = new int[shape.size()];
        int stride = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.get(axis);
        }
        float[] swapped = new float[original.length];
        for (int i = 0; i < original.length; i++) {
            int inRow = i % width;
            int one = inRow / strides[axes.get(0)] % shape.get(axes.get(0));
            int other = inRow / strides[axes.get(1)] % shape.get(axes.get(1));
            int to = inRow + (other - one) * strides[axes.get(0)] + (one - other) * strides[axes.get(1)];
            swapped[i - inRow + to] = original[i];
        }
        return swapped;
    }

    private static int elements(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
