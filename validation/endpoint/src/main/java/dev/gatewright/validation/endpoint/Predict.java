// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Version 1, as TensorFlow Serving and KServe speak it: {@code :predict} with a list of instances.
 *
 * @param model the name under which it is served
 */
public record Predict(String model) implements Protocol {
    @Override
    public String spelling() {
        return "v1";
    }

    @Override
    public int mostRows() {
        return 1024;
    }

    @Override
    public String inferPath() {
        return modelAddress() + ":predict";
    }

    @Override
    public Optional<String> readyPath() {
        return Optional.of(modelAddress());
    }

    /** TensorFlow Serving tells the state of each version, KServe whether the model is ready. */
    @Override
    public boolean saysReady(byte[] body) {
        try {
            if (!(JsonTree.read(body, 0, body.length) instanceof JsonTree.Obj said)) {
                return false;
            }
            if (said.get("model_version_status") instanceof JsonTree.Arr versions) {
                return versions.items().stream()
                        .anyMatch(version -> version instanceof JsonTree.Obj object
                                && object.text("state").equals("AVAILABLE"));
            }
            boolean denies = said.get("ready") instanceof JsonTree.Truth ready && !ready.value();
            return !denies && !said.text("ready").equalsIgnoreCase("false");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Optional<String> modelPath() {
        return Optional.empty();
    }

    private String modelAddress() {
        return "/v1/models/" + PathPart.of(model);
    }

    @Override
    public Question question(GoldenSet set, List<GoldenRow> rows) {
        boolean alone = set.inputs().size() == 1;
        return Question.json(JsonBody.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("instances");
            for (GoldenRow row : rows) {
                if (!alone) {
                    json.writeStartObject();
                }
                for (TensorType input : set.inputs()) {
                    if (!alone) {
                        json.writeFieldName(input.name());
                    }
                    JsonBody.nested(Objects.requireNonNull(row.inputs().get(input.name())), input, json);
                }
                if (!alone) {
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    @Override
    public List<Map<String, Elements>> answers(GoldenSet set, int rows, Map<String, String> headers, byte[] body)
            throws BadAnswerException {
        JsonTree tree = JsonTree.ofAnswer(body, body.length);
        if (!(tree instanceof JsonTree.Obj answer)
                || !(answer.get("predictions") instanceof JsonTree.Arr predictions)) {
            throw new BadAnswerException("has no list 'predictions'", null);
        }
        if (predictions.items().size() != rows) {
            throw new BadAnswerException(
                    "has " + predictions.items().size() + " predictions for " + rows + " instances", null);
        }
        List<Map<String, Elements>> answers = new ArrayList<>();
        for (JsonTree prediction : predictions.items()) {
            answers.add(row(set, prediction));
        }
        return answers;
    }

    private static Map<String, Elements> row(GoldenSet set, JsonTree prediction) throws BadAnswerException {
        Map<String, Elements> row = new HashMap<>();
        if (prediction instanceof JsonTree.Obj byName) {
            for (TensorType output : set.outputs()) {
                JsonTree found = byName.get(output.name());
                if (found != null) {
                    row.put(output.name(), values(output, found));
                }
            }
        } else if (set.outputs().size() == 1) {
            row.put(set.outputs().get(0).name(), values(set.outputs().get(0), prediction));
        } else {
            throw new BadAnswerException(
                    "has predictions without names, and the model has the outputs "
                            + set.outputs().stream().map(TensorType::name).toList(),
                    null);
        }
        return row;
    }

    static Elements values(TensorType output, JsonTree found) throws BadAnswerException {
        Values values = Values.of(found);
        if (values.size() != output.rowSize()) {
            throw new BadAnswerException(
                    "has " + values.size() + " elements a row of output '" + Plain.of(output.name(), 60)
                            + "'; expected " + output.rowSize(),
                    null);
        }
        return values.row(output, 0);
    }

    @Override
    public List<Malformed> malformed(GoldenSet set, GoldenRow row) {
        List<Malformed> malformed = JsonBody.malformed();
        malformed.add(JsonBody.wrong("instances that are no list", "{\"instances\": 1}"));
        malformed.add(JsonBody.wrong("an instance of another shape", "{\"instances\": [[[[[[0]]]]]]}"));
        if (set.inputs().get(0).datatype().kind() != Datatype.Kind.TEXT) {
            malformed.add(JsonBody.wrong("words in place of numbers", "{\"instances\": [[\"golden\"]]}"));
        }
        return malformed;
    }
}
