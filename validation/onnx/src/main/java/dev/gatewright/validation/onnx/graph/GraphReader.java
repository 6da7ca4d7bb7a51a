// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import dev.gatewright.validation.onnx.model.ElementType;
import dev.gatewright.validation.onnx.model.StoredTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads graphs, by the field numbers of {@code onnx.proto}. */
final class GraphReader {
    private static final ElementType UNTOLD = ElementType.FLOAT;

    private final TensorReader tensors;

    GraphReader(TensorReader tensors) {
        this.tensors = tensors;
    }

    /** Reads the main {@code GraphProto}, whose initializers were found as {@code stored}, in the same order. */
    void read(FieldReader in, List<StoredTensor> stored, Graph graph) throws IOException {
        Iterator<StoredTensor> next = stored.iterator();
        read(in, message -> tensors.read(next.next(), message), graph);
    }

    private interface Initializers {
        Tensor read(FieldReader message) throws IOException;
    }

    private static void read(FieldReader in, Initializers initializers, Graph graph) throws IOException {
        Encoding rest = new Encoding();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> graph.nodes().add(node(in.message()));
                case 5 -> {
                    Tensor tensor = initializers.read(in.message());
                    graph.initializers().put(tensor.name(), tensor);
                }
                case 11 -> graph.inputs().add(value(in));
                case 12 -> graph.outputs().add(value(in));
                case 13 -> graph.values().add(value(in));
                case 15 -> {
                    graph.sparse().add(sparseName(in.message()));
                    rest.add(in.field());
                }
                default -> rest.add(in.field());
            }
        }
        graph.setRest(rest);
    }

    /** A graph that is copied with the node around it: of its tensors only the names are told. */
    private static Graph copied(FieldReader in) throws IOException {
        Graph graph = new Graph();
        read(in, message -> new Tensor(TensorReader.copied(message).name(), UNTOLD, List.of(), new Encoding()), graph);
        return graph;
    }

    private static String sparseName(FieldReader in) throws IOException {
        String name = "";
        while (in.next()) {
            if (in.number() == 1 || in.number() == 2) {
                String part = TensorReader.copied(in.message()).name();
                name = in.number() == 1 ? part : name;
            }
        }
        return name;
    }

    /** Looks at a function, which is copied, for tensors that cannot be. */
    static void checkFunction(FieldReader in) throws IOException {
        while (in.next()) {
            if (in.number() == 7) {
                node(in.message());
            }
        }
    }

    private static Node node(FieldReader in) throws IOException {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        String name = "";
        String operator = "";
        String domain = "";
        Encoding rest = new Encoding();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 3 -> name = in.text();
                case 4 -> operator = in.text();
                case 5 -> attributes.add(attribute(in));
                case 7 -> domain = in.text();
                default -> rest.add(in.field());
            }
        }
        return new Node(operator, domain.equals("ai.onnx") ? "" : domain, name, inputs, outputs, attributes, rest);
    }

    private static Attribute attribute(FieldReader field) throws IOException {
        Bytes message = field.value();
        FieldReader in = field.message();
        String name = "";
        long integer = 0;
        float number = 0;
        String text = "";
        List<Long> integers = new ArrayList<>();
        TensorReader.Copied tensor = new TensorReader.Copied("", null, null);
        List<Graph> graphs = new ArrayList<>();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> name = in.text();
                case 2 -> number = in.float32();
                case 3 -> integer = in.integer();
                case 4 -> text = in.text();
                case 5, 10 -> tensor = TensorReader.copied(in.message());
                case 6, 11 -> graphs.add(copied(in.message()));
                case 8 -> in.integers(integers::add);
                case 22, 23 -> sparseName(in.message());
                default -> {
                    // Copied with the message.
                }
            }
        }
        return new Attribute(name, integer, number, text, integers, tensor.type(), tensor.floats(), graphs, message);
    }

    private static Value value(FieldReader field) throws IOException {
        FieldReader in = field.message();
        String name = "";
        Declared declared = new Declared(null, null);
        while (in.next()) {
            if (in.number() == 1) {
                name = in.text();
            } else if (in.number() == 2) {
                declared = type(in.message());
            }
        }
        return new Value(name, declared.type, declared.dimensions, field.value());
    }

    private record Declared(
            @Nullable ElementType type, @Nullable List<OptionalLong> dimensions) {}

    private static Declared type(FieldReader in) throws IOException {
        Declared declared = new Declared(null, null);
        while (in.next()) {
            if (in.number() == 1) {
                declared = tensorType(in.message());
            }
        }
        return declared;
    }

    private static Declared tensorType(FieldReader in) throws IOException {
        ElementType type = null;
        List<OptionalLong> dimensions = null;
        while (in.next()) {
            if (in.number() == 1) {
                type = ElementType.ofCode((int) in.integer());
            } else if (in.number() == 2) {
                dimensions = shape(in.message());
            }
        }
        return new Declared(type, dimensions);
    }

    private static List<OptionalLong> shape(FieldReader in) throws IOException {
        List<OptionalLong> dimensions = new ArrayList<>();
        while (in.next()) {
            if (in.number() == 1) {
                FieldReader dimension = in.message();
                OptionalLong size = OptionalLong.empty();
                while (dimension.next()) {
                    if (dimension.number() == 1) {
                        size = OptionalLong.of(dimension.integer());
                    }
                }
                dimensions.add(size);
            }
        }
        return dimensions;
    }
}
