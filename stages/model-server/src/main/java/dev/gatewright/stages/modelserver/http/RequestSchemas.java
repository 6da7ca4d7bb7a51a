// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.modelserver.protocol.Interface;
import dev.gatewright.stages.modelserver.tensor.Datatype;
import dev.gatewright.validation.onnx.run.worker.ServedModel.Declared;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What requests for inferences look like, for one model: as JSON Schema, and by an example of one row. */
final class RequestSchemas {
    private static final Json.Obj ANY = Json.object().build();
    private static final long LARGEST_EXAMPLE = 10_000;

    private final Interface model;

    RequestSchemas(Interface model) {
        this.model = model;
    }

    /** {@code application/json} of protocol v2. */
    Json.Obj v2() {
        List<Json> inputs = new ArrayList<>();
        for (Declared input : model.inputs()) {
            Map<String, Json.Obj> members = new TreeMap<>();
            members.put("name", constant(input.name()));
            members.put("datatype", constant(Datatype.of(input.type()).name()));
            members.put("shape", shape(input));
            members.put("data", Json.object().put("type", "array").build());
            inputs.add(object(members, "name", "datatype", "shape", "data"));
        }
        Json.Obj all = Json.object()
                .put("type", "array")
                .put("items", Json.object().put("anyOf", inputs).build())
                .put("minItems", inputs.size())
                .put("maxItems", inputs.size())
                .build();
        Json.Obj id =
                Json.object().put("type", Json.texts(List.of("string", "null"))).build();
        List<Json> example = new ArrayList<>();
        for (Declared input : model.inputs()) {
            example.add(Json.object()
                    .put("name", input.name())
                    .put("datatype", Datatype.of(input.type()).name())
                    .put("shape", row(input).stream().map(Json::of).toList())
                    .put("data", Collections.nCopies((int) size(input), zero(input)))
                    .build());
        }
        return media(
                object(Map.of("id", id, "inputs", all), "inputs"),
                Json.object().put("inputs", example).build());
    }

    /** {@code application/json} of protocol v1. */
    Json.Obj v1() {
        Json.Obj instances =
                Json.object().put("type", "array").put("minItems", 1).build();
        Json.Obj schema = Json.object()
                .put(
                        "oneOf",
                        List.of(
                                object(Map.of("instances", instances), "instances"),
                                object(Map.of("inputs", ANY), "inputs")))
                .build();
        Json.Builder example = Json.object();
        for (Declared input : model.inputs()) {
            List<Long> shape = row(input);
            example.put(input.name(), nested(zero(input), shape.subList(1, shape.size())));
        }
        return media(
                schema, Json.object().put("instances", List.of(example.build())).build());
    }

    private Json.Obj media(Json.Obj schema, Json.Obj example) {
        Json.Builder media = Json.object().put("schema", schema);
        if (model.inputs().stream().allMatch(input -> size(input) <= LARGEST_EXAMPLE)) {
            media.put("example", example);
        }
        return media.build();
    }

    private static Json.Obj shape(Declared input) {
        List<Json> axes = new ArrayList<>();
        for (long axis : input.axes()) {
            // How many rows there are is left open, whatever the model says.
            boolean isOpen = axes.isEmpty() || axis < 0;
            Json.Builder schema = Json.object().put("type", "integer");
            axes.add(
                    isOpen
                            ? schema.put("minimum", 1).build()
                            : schema.put("const", axis).build());
        }
        return Json.object()
                .put("type", "array")
                .put("prefixItems", axes)
                .put("minItems", axes.size())
                .put("maxItems", axes.size())
                .build();
    }

    /** The shape of one row, its open axes 1. */
    private static List<Long> row(Declared input) {
        List<Long> shape = new ArrayList<>();
        for (long axis : input.axes()) {
            shape.add(shape.isEmpty() ? 1 : Math.max(1, axis));
        }
        return shape;
    }

    /** The elements of one row, or more than an example has. */
    private static long size(Declared input) {
        long size = 1;
        for (long axis : row(input)) {
            size = Math.min(LARGEST_EXAMPLE + 1, size) * Math.min(LARGEST_EXAMPLE + 1, axis);
        }
        return size;
    }

    private static Json zero(Declared input) {
        return switch (Datatype.of(input.type())) {
            case BYTES -> Json.of("");
            case BOOL -> Json.of(false);
            default -> Json.of(0L);
        };
    }

    private static Json nested(Json value, List<Long> shape) {
        Json all = value;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            all = new Json.Arr(Collections.nCopies((int) Math.min(LARGEST_EXAMPLE, shape.get(axis)), all));
        }
        return all;
    }

    /** The schema of an object. */
    static Json.Obj object(Map<String, Json.Obj> properties, String... required) {
        Json.Builder all = Json.object();
        properties.forEach(all::put);
        return Json.object()
                .put("type", "object")
                .put("properties", all.build())
                .put("required", Json.texts(List.of(required)))
                .build();
    }

    private static Json.Obj constant(String value) {
        return Json.object().put("const", value).build();
    }
}
