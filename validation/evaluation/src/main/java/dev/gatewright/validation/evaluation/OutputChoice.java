// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.evaluation.EvaluationRequest.Answering;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of a model's outputs answer the task.
 *
 * <p>A classifier's scores are its one output of floats with a value a class (a binary one's may have a single value, the
 * positive class's). Where it also has one output with a single integer or text a row, that is the class that it predicts
 * itself; where a row has any number of classes, it is the one output of integers or truth values with one a class. A regression's answer is its one output with a single float a row. Where there is a choice, the spec names the
 * output.
 *
 * @param scores the output with the scores or the number; -1 where there is none
 * @param prediction the output with the predicted class; -1 where the scores decide
 */
record OutputChoice(int scores, int prediction) {
    static final int NONE = -1;

    /** @throws EvaluationFailedException if there is no such output, or a choice that the spec does not make */
    static OutputChoice of(List<TensorSpec> outputs, Answering model, Task task, List<String> classes) {
        int scores = model.namedScores()
                .map(name -> named(name, outputs, task, classes))
                .orElseGet(() -> only(outputs, task, classes));
        int prediction = NONE;
        if (task.isClassification()) {
            List<Integer> labels = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                if (isLabel(outputs.get(i), task, classes)) {
                    labels.add(i);
                }
            }
            prediction = labels.size() == 1 ? labels.get(0) : NONE;
        }
        if (scores == NONE && prediction == NONE) {
            throw new EvaluationFailedException(
                    "no output of the model answers a " + task.spelling() + ": " + described(outputs) + "; expected "
                            + (task.isClassification()
                                    ? "floats, " + classes.size() + " a row, or "
                                            + (task.isOfOneClass() ? "one class" : "0 or 1 for each class") + " a row"
                                    : "one float a row"),
                    null);
        }
        if (scores != NONE) {
            checkKeys(outputs.get(scores), classes);
        }
        return new OutputChoice(scores, prediction);
    }

    private static int named(String name, List<TensorSpec> outputs, Task task, List<String> classes) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).name().equals(name)) {
                if (isScores(outputs.get(i), task, classes)) {
                    return i;
                }
                throw new EvaluationFailedException(
                        "model.scores names the output " + described(List.of(outputs.get(i))) + ", which does not hold "
                                + (task.isClassification() ? classes.size() + " floats" : "one float") + " a row",
                        null);
            }
        }
        throw new EvaluationFailedException(
                "model.scores names '" + name + "', but the model's outputs are " + described(outputs), null);
    }

    private static int only(List<TensorSpec> outputs, Task task, List<String> classes) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (isScores(outputs.get(i), task, classes)) {
                found.add(i);
            }
        }
        if (found.size() > 1) {
            throw new EvaluationFailedException(
                    "several outputs of the model could be its answer: "
                            + described(found.stream().map(outputs::get).toList())
                            + "; write model.scores with the name of the one that is",
                    null);
        }
        return found.isEmpty() ? NONE : found.get(0);
    }

    private static boolean isScores(TensorSpec output, Task task, List<String> classes) {
        ElementType carrier = output.type().carrier();
        boolean floats = carrier == ElementType.FLOAT || carrier == ElementType.DOUBLE;
        int size = output.rowSize();
        boolean fits = task.isClassification()
                ? size == classes.size() || (task == Task.BINARY_CLASSIFICATION && size == 1)
                : size == 1;
        return floats && fits;
    }

    private static boolean isLabel(TensorSpec output, Task task, List<String> classes) {
        ElementType carrier = output.type().carrier();
        boolean floats = carrier == ElementType.FLOAT || carrier == ElementType.DOUBLE;
        return task.isOfOneClass()
                ? output.rowSize() == 1 && !floats
                : output.rowSize() == classes.size() && !floats && carrier != ElementType.STRING;
    }

    /** A model that names its classes names those of the spec, in the same order. */
    private static void checkKeys(TensorSpec output, List<String> classes) {
        if (!output.keys().isEmpty() && !output.keys().equals(classes)) {
            throw new EvaluationFailedException(
                    "output '" + output.name() + "' names the classes " + output.keys() + ", and the spec " + classes
                            + "; write model.classes as the model has them",
                    null);
        }
    }

    private static String described(List<TensorSpec> outputs) {
        List<String> texts = new ArrayList<>();
        for (TensorSpec output : outputs) {
            texts.add("'" + output.name() + "' (" + output.type().label() + ", " + output.rowSize() + " a row)");
        }
        return String.join(", ", texts);
    }
}
