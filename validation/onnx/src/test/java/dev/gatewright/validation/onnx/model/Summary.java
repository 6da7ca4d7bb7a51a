// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What two readers of one model must agree on. */
record Summary(
        long irVersion,
        String producer,
        List<String> opsets,
        List<String> inputs,
        List<String> outputs,
        List<String> initializers,
        List<String> shapes,
        List<Integer> types,
        Map<String, String> metadata,
        int nodes) {
    static Summary of(ModelDescription description) {
        List<String> opsets = new ArrayList<>();
        description.opsets().forEach(opset -> opsets.add(opset.domain() + " " + opset.version()));
        List<String> inputs = new ArrayList<>();
        description.inputs().forEach(input -> inputs.add(input.name()));
        List<String> outputs = new ArrayList<>();
        description.outputs().forEach(output -> outputs.add(output.name()));
        List<String> initializers = new ArrayList<>();
        List<String> shapes = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        for (StoredTensor initializer : description.initializers()) {
            initializers.add(initializer.name());
            if (!(initializer.data() instanceof TensorData.Sparse)) {
                shapes.add(initializer.dimensions().toString());
                types.add(initializer.type().code());
            }
        }
        int nodes = 0;
        for (OperatorCount operator : description.operators()) {
            nodes += operator.count();
        }
        return new Summary(
                description.irVersion(),
                description.producerName(),
                opsets,
                inputs,
                outputs,
                initializers,
                shapes,
                types,
                new TreeMap<>(description.metadata()),
                nodes);
    }

    static Summary of(JsonNode python) {
        List<String> opsets = new ArrayList<>();
        python.get("opsets")
                .forEach(opset ->
                        opsets.add(opset.get(0).textValue() + " " + opset.get(1).longValue()));
        List<String> shapes = new ArrayList<>();
        python.get("shapes").forEach(shape -> {
            List<Long> dimensions = new ArrayList<>();
            shape.forEach(dimension -> dimensions.add(dimension.longValue()));
            shapes.add(dimensions.toString());
        });
        List<Integer> types = new ArrayList<>();
        python.get("types").forEach(type -> types.add(type.intValue()));
        Map<String, String> metadata = new TreeMap<>();
        python.get("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().textValue()));
        return new Summary(
                python.get("ir").longValue(),
                python.get("producer").textValue(),
                opsets,
                texts(python.get("inputs")),
                texts(python.get("outputs")),
                texts(python.get("initializers")),
                shapes,
                types,
                metadata,
                python.get("nodes").intValue());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
