// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.evaluation.EvaluationRequest.Predictions;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.onnx.model.Dimension;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.onnx.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is taken from each row of the data file.
 *
 * @param label the truth: a {@link Field.ClassLabel}, a {@link Field.Scalar}, or a {@link Field.Matrix} with a 0 or 1 a class
 * @param features one a model input, in the model's order; none where predictions are judged
 * @param prediction the predicted class or number, where a file gives it
 * @param scores the probabilities, where a file gives them
 */
record RowFields(
        Field label,
        List<Field.Category> slices,
        List<Field.Matrix> features,
        @Nullable Field prediction,
        Field.@Nullable Matrix scores) {

    /**
     * The fields for predictions that a file gives.
     *
     * @throws EvaluationFailedException if they are no answers to the task
     */
    static RowFields ofPredictions(EvaluationRequest request, Predictions predictions) {
        List<String> columns = predictions.prediction();
        if (columns.isEmpty() && !request.task().isClassification()) {
            throw new EvaluationFailedException(
                    "a regression is judged by predicted numbers; write prediction with their column", null);
        }
        Field prediction = columns.isEmpty() ? null : answer(request, "predictions", columns, Field.Spelling.NAME);
        Field.Matrix scores = predictions.scores().isEmpty()
                ? null
                : new Field.Matrix(
                        "scores",
                        ElementType.FLOAT64,
                        predictions.scores(),
                        Field.Missing.REFUSE,
                        request.classes().size());
        return new RowFields(label(request), slices(request), List.of(), prediction, scores);
    }

    /** The fields for answers that are not in the data file. */
    static RowFields ofLabels(EvaluationRequest request) {
        return new RowFields(label(request), slices(request), List.of(), null, null);
    }

    /**
     * The fields that feed a model.
     *
     * @throws EvaluationFailedException if the features do not name the model's inputs, or an input cannot be fed
     */
    static RowFields ofModel(EvaluationRequest request, EvaluationRequest.Model model, ModelDescription description) {
        Map<String, List<String>> features = model.features();
        List<String> inputs = description.inputs().stream().map(ValueInfo::name).toList();
        if (!features.keySet().equals(java.util.Set.copyOf(inputs))) {
            throw new EvaluationFailedException(
                    "the features feed " + sorted(features.keySet()) + ", but the model's inputs are " + inputs
                            + "; write features with exactly those names",
                    null);
        }
        List<Field.Matrix> matrices = new ArrayList<>();
        for (ValueInfo input : description.inputs()) {
            List<String> columns = features.getOrDefault(input.name(), List.of());
            matrices.add(matrix(input, columns, model.missing()));
        }
        return new RowFields(label(request), slices(request), matrices, null, null);
    }

    /** All fields. */
    List<Field> all() {
        List<Field> all = new ArrayList<>(features);
        all.add(label);
        all.addAll(slices);
        if (prediction != null) {
            all.add(prediction);
        }
        if (scores != null) {
            all.add(scores);
        }
        return all;
    }

    /** Those with an element for each class. */
    List<Field.Matrix> ofClasses() {
        return Stream.of(label, prediction, scores)
                .filter(Field.Matrix.class::isInstance)
                .map(Field.Matrix.class::cast)
                .toList();
    }

    private static Field.Matrix matrix(ValueInfo input, List<String> columns, Field.Missing missing) {
        if (!(input.type() instanceof ValueType.OfTensor tensor)) {
            throw new EvaluationFailedException(
                    "input '" + input.name() + "' is a " + input.type() + "; only tensors can be fed from rows", null);
        }
        ElementType type = elementType(tensor.element());
        if (type == null) {
            throw new EvaluationFailedException(
                    "input '" + input.name() + "' holds " + tensor.element() + ", which rows cannot feed", null);
        }
        Field.Missing allowed = type.isFloat() ? missing : Field.Missing.REFUSE;
        return new Field.Matrix(input.name(), type, columns, allowed, width(input.name(), tensor.shape()));
    }

    /** The elements of a row as the model declares them; any number where a dimension is open. */
    private static int width(String input, ValueType.Shape shape) {
        List<Dimension> dimensions = shape.dimensions();
        if (dimensions == null) {
            return Field.Matrix.ANY_WIDTH;
        }
        long width = 1;
        for (Dimension dimension : dimensions.subList(Math.min(1, dimensions.size()), dimensions.size())) {
            if (!(dimension instanceof Dimension.Fixed fixed)) {
                return Field.Matrix.ANY_WIDTH;
            }
            if (fixed.size() < 1 || fixed.size() > Integer.MAX_VALUE / width) {
                throw new EvaluationFailedException(
                        "input '" + input + "' takes rows of the shape " + dimensions.subList(1, dimensions.size())
                                + ", which no data can have",
                        null);
            }
            width *= fixed.size();
        }
        return (int) width;
    }

    /** The type in which the worker takes an input; half precision is handed over as float. */
    private static @Nullable ElementType elementType(dev.gatewright.validation.onnx.model.ElementType type) {
        return switch (type) {
            case FLOAT, FLOAT16, BFLOAT16 -> ElementType.FLOAT32;
            case DOUBLE -> ElementType.FLOAT64;
            case INT8 -> ElementType.INT8;
            case INT16 -> ElementType.INT16;
            case INT32 -> ElementType.INT32;
            case INT64 -> ElementType.INT64;
            case UINT8 -> ElementType.UINT8;
            case UINT16 -> ElementType.UINT16;
            case UINT32 -> ElementType.UINT32;
            case UINT64 -> ElementType.UINT64;
            case BOOL -> ElementType.BOOL;
            case STRING -> ElementType.STRING;
            default -> null;
        };
    }

    private static Field label(EvaluationRequest request) {
        return answer(request, "labels", request.rows().label(), request.rows().labelSpelling());
    }

    private static Field answer(EvaluationRequest request, String what, List<String> columns, Field.Spelling spelling) {
        if (request.task() == Task.MULTILABEL_CLASSIFICATION) {
            return new Field.Matrix(
                    what,
                    ElementType.BOOL,
                    columns,
                    Field.Missing.REFUSE,
                    request.classes().size());
        }
        if (columns.size() != 1) {
            throw new EvaluationFailedException(
                    "a " + request.task().spelling() + " has one column of " + what + ", not " + columns, null);
        }
        return request.task().isOfOneClass()
                ? new Field.ClassLabel(columns.get(0), request.classes(), spelling)
                : new Field.Scalar(columns.get(0));
    }

    private static List<Field.Category> slices(EvaluationRequest request) {
        return request.rows().slices().stream().map(Field.Category::new).toList();
    }

    private static List<String> sorted(java.util.Set<String> names) {
        return names.stream().sorted().toList();
    }
}
