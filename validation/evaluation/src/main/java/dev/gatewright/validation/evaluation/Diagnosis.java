// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.Training;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import java.nio.ByteOrder;
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

    private static final int MOST_COLUMNS = 1000;

    private final FirstRows rows;
    private final Map<String, double[]> source;
    private final @Nullable Training training;

    private Diagnosis(FirstRows rows, Map<String, double[]> source, @Nullable Training training) {
        this.rows = rows;
        this.source = source;
        this.training = training;
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
                return new Diagnosis(rows, first(source, rows.rows()), request.training()).cause();
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
        List<Integer> shape = rows.shape(input);
        List<InputChange> changes = new ArrayList<>(InputChange.ofAxes(input.name(), shape));
        changes.addAll(InputChange.ofPixels(input.name()));
        String cause = input(index, shape, changes);
        if (cause == null && training != null) {
            ColumnScales scales = scales(training, input, InputChange.width(shape));
            cause = scales == null ? null : input(index, shape, InputChange.ofColumns(input.name(), scales));
        }
        return cause;
    }

    /** Training rows that cannot be had explain nothing; whoever judges by them says why. */
    private static @Nullable ColumnScales scales(Training training, Field.Matrix input, int width) {
        try {
            return ColumnScales.of(training, input, width);
        } catch (BadDataException | FileChangedException | EvaluationFailedException e) {
            return null;
        }
    }

    private @Nullable String input(int index, List<Integer> shape, List<InputChange> changes)
            throws InterruptedException {
        float[] original = new float[InputChange.width(shape) * rows.rows()];
        FloatBuffer floats = rows.memory(index)
                .duplicate()
                .order(ByteOrder.nativeOrder())
                .position(0)
                .asFloatBuffer();
        floats.duplicate().get(original);
        try {
            for (InputChange change : changes) {
                floats.duplicate().put(change.feeding().apply(original));
                if (agreeNow()) {
                    return change.words();
                }
            }
            return null;
        } finally {
            floats.duplicate().put(original);
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
}
