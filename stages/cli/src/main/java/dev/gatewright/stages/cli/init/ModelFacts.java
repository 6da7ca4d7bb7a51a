// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.validation.onnx.model.Dimension;
import dev.gatewright.validation.onnx.model.ElementType;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.onnx.model.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model says of itself that helps to write its spec.
 *
 * @param features the columns of its only input, where it names them
 * @param classes its classes, where it names them
 * @param answersClass whether an output gives the predicted class itself
 * @param answersMaps whether an output gives maps from class to score, which name the classes when it runs
 * @param scores the outputs that could give one number a class, or the number of a regression
 */
record ModelFacts(
        List<Input> inputs,
        List<String> features,
        List<String> classes,
        boolean answersClass,
        boolean answersMaps,
        List<Output> scores) {
    /** What stands for a number of values that the model leaves open. */
    static final int OPEN = -1;

    /** An input, with the number of values that it takes of each row. */
    record Input(String name, boolean takesTexts, int width) {}

    /** An output of numbers, with how many it gives for each row. */
    record Output(String name, int width) {}

    static ModelFacts of(ModelDescription model) {
        List<Input> inputs = new ArrayList<>();
        for (ValueInfo input : model.inputs()) {
            boolean texts = input.type() instanceof ValueType.OfTensor tensor && tensor.element() == ElementType.STRING;
            inputs.add(new Input(input.name(), texts, width(input.type())));
        }
        boolean answersClass = false;
        boolean answersMaps = false;
        List<Output> scores = new ArrayList<>();
        for (ValueInfo output : model.outputs()) {
            if (output.type() instanceof ValueType.OfSequence) {
                answersMaps = true;
            } else if (output.type() instanceof ValueType.OfTensor tensor && isFloat(tensor.element())) {
                scores.add(new Output(output.name(), width(tensor)));
            } else if (width(output.type()) == 1) {
                answersClass = true;
            }
        }
        return new ModelFacts(
                inputs,
                texts(model, "gatewright.features"),
                texts(model, "gatewright.classes"),
                answersClass,
                answersMaps,
                scores);
    }

    private static boolean isFloat(ElementType type) {
        return switch (type) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
            default -> false;
        };
    }

    /** The values of a row: the product of all dimensions but the first. */
    private static int width(ValueType type) {
        if (!(type instanceof ValueType.OfTensor tensor)) {
            return OPEN;
        }
        List<Dimension> dimensions = tensor.shape().dimensions();
        if (dimensions == null || dimensions.isEmpty()) {
            return OPEN;
        }
        long width = 1;
        for (Dimension dimension : dimensions.subList(1, dimensions.size())) {
            if (!(dimension instanceof Dimension.Fixed fixed) || fixed.size() * width > Integer.MAX_VALUE) {
                return OPEN;
            }
            width *= fixed.size();
        }
        return Math.toIntExact(width);
    }

    /** The texts of a metadata property that is a JSON array; none where it is absent or something else. */
    private static List<String> texts(ModelDescription model, String property) {
        return Optional.ofNullable(model.metadata().get(property))
                .map(ModelFacts::texts)
                .orElse(List.of());
    }

    private static List<String> texts(String json) {
        try {
            if (JsonReader.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Json.Arr array) {
                List<String> texts = new ArrayList<>();
                for (Json item : array.items()) {
                    if (!(item instanceof Json.Text text)) {
                        return List.of();
                    }
                    texts.add(text.value());
                }
                return texts;
            }
        } catch (IOException e) {
            // Something else stands there; a run refuses it, here it only does not help.
        }
        return List.of();
    }
}
