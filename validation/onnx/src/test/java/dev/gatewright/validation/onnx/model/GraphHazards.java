// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.onnx.model.Models.floatAttribute;
import static dev.gatewright.validation.onnx.model.Models.opset;
import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;
import static dev.gatewright.validation.testkit.onnx.Onnx.nodeMessage;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.util.ArrayList;
import java.util.List;

/** Models whose names lead nowhere, in circles, or to two values; and models that leave out what must be said. */
final class GraphHazards {
    private static final byte[] RELU = Models.relu().toBytes();
    private static final Proto THREE = new Proto().message(1, new Proto().varint(1, 3));

    private GraphHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        all.addAll(headers());
        all.addAll(names());
        all.addAll(values());
        all.addAll(order());
        all.addAll(functions());
        all.addAll(attributes());
        all.addAll(types());
        return all;
    }

    private static List<Hazard> headers() {
        List<Hazard> all = new ArrayList<>();
        Proto graph = Models.reluGraph();
        all.add(whole("no graph", Refusal.INCOMPLETE, new Proto().varint(1, 8).message(8, opset("", 17))));
        all.add(whole(
                "no IR version",
                Refusal.INCOMPLETE,
                new Proto().message(8, opset("", 17)).message(7, graph)));
        all.add(whole(
                "negative IR version",
                Refusal.INCOMPLETE,
                new Proto().varint(1, -1).message(8, opset("", 17)).message(7, graph)));
        all.add(whole(
                "no operator set", Refusal.INCOMPLETE, new Proto().varint(1, 8).message(7, graph)));
        for (long version : new long[] {0, -1, 1L << 31, Long.MIN_VALUE}) {
            all.add(whole(
                    "operator set of version " + version,
                    Refusal.INCOMPLETE,
                    new Proto().varint(1, 8).message(8, opset("", version)).message(7, graph)));
        }
        all.add(whole(
                "operator set without a version",
                Refusal.INCOMPLETE,
                new Proto().varint(1, 8).message(8, new Proto().string(1, "")).message(7, graph)));
        all.add(whole(
                "one domain in two versions",
                Refusal.AMBIGUOUS,
                Models.model(graph).message(8, opset("", 18))));
        all.add(whole(
                "one domain in two versions and two spellings",
                Refusal.AMBIGUOUS,
                Models.model(graph).message(8, opset("ai.onnx", 18))));
        all.add(whole(
                "function that imports one domain in two versions",
                Refusal.AMBIGUOUS,
                Models.withFunctions(
                        nodeMessage("local", "F", "x", "z"),
                        Models.function("local", "F", nodeMessage("", "Relu", "a", "b"))
                                .message(9, opset("", 18)))));
        all.add(whole(
                "metadata property that is given twice",
                Refusal.AMBIGUOUS,
                Models.model(graph)
                        .message(14, Onnx.entry("classes", "a,b"))
                        .message(14, Onnx.entry("classes", "b,a"))));
        all.add(whole(
                "options of the runtime in the metadata",
                Refusal.RUNTIME_OPTIONS,
                Models.model(graph)
                        .message(14, Onnx.entry("ort_config", "{\"session_options\": {\"enable_profiling\": 1}}"))));
        return all;
    }

    private static List<Hazard> names() {
        List<Hazard> all = new ArrayList<>();
        all.add(relu("two inputs of one name", Refusal.DUPLICATE_NAME, graph -> graph.input("x", FLOAT, "N,2")));
        all.add(relu("two outputs of one name", Refusal.DUPLICATE_NAME, graph -> graph.output("y", FLOAT, "N,2")));
        all.add(relu(
                "two initializers of one name",
                Refusal.DUPLICATE_NAME,
                graph -> graph.floats("w", "1", 1).floats("w", "1", 2)));
        all.add(relu(
                "two initializers of the name of an input",
                Refusal.DUPLICATE_NAME,
                graph -> graph.floats("x", "1", 1).floats("x", "1", 2)));
        all.add(graphs(
                "dense and sparse initializer of one name",
                Refusal.DUPLICATE_NAME,
                Models.reluGraph().message(15, SparseHazards.diagonal("w")),
                Models.reluGraph()
                        .message(15, SparseHazards.diagonal("w"))
                        .message(5, Models.zeros(Onnx.tensor("w", FLOAT, "1"), 4))));
        all.add(relu(
                "node whose output has the name of an input",
                Refusal.DUPLICATE_NAME,
                graph -> graph.node("Relu", "x", "x")));
        all.add(relu(
                "node whose output has the name of an initializer",
                Refusal.DUPLICATE_NAME,
                graph -> graph.floats("w", "1", 1).node("Relu", "x", "w")));
        all.add(relu(
                "two nodes whose outputs have one name",
                Refusal.DUPLICATE_NAME,
                graph -> graph.node("Relu", "x", "y")));
        all.add(relu(
                "node whose two outputs have one name",
                Refusal.DUPLICATE_NAME,
                graph -> graph.node("Split", "x", "a,a")));
        all.add(branch(
                "two nodes of a subgraph whose outputs have one name",
                Refusal.DUPLICATE_NAME,
                nodeMessage("", "Relu", "x", "a"),
                nodeMessage("", "Abs", "x", "a")));
        all.add(function(
                "two nodes of a function whose outputs have one name",
                Refusal.DUPLICATE_NAME,
                nodeMessage("", "Relu", "a", "b"),
                nodeMessage("", "Abs", "a", "b")));
        Proto twice = Models.function("local", "F", nodeMessage("", "Relu", "a", "b"));
        all.add(Hazard.bytes(
                "two functions of one name",
                Refusal.DUPLICATE_NAME,
                Models.withFunctions(nodeMessage("local", "F", "x", "z"), twice).toBytes(),
                Models.withFunctions(nodeMessage("local", "F", "x", "z"), twice, twice)
                        .toBytes()));
        all.add(relu(
                "initializer without a name",
                Refusal.INCOMPLETE,
                graph -> graph.initializer(Models.zeros(Onnx.tensor("", FLOAT, "1"), 4))));
        all.add(relu("input without a name", Refusal.INCOMPLETE, graph -> graph.input("", FLOAT, "N,2")));
        return all;
    }

    private static List<Hazard> values() {
        List<Hazard> all = new ArrayList<>();
        all.add(relu(
                "node that reads what nothing makes",
                Refusal.UNKNOWN_VALUE,
                graph -> graph.node("Relu", "nothing", "z")));
        all.add(relu(
                "output that nothing makes", Refusal.UNKNOWN_VALUE, graph -> graph.output("nothing", FLOAT, "N,2")));
        all.add(relu(
                "node that reads what a subgraph makes",
                Refusal.UNKNOWN_VALUE,
                graph -> graph.node("If", "x", "z", Onnx.graph("then_branch", Models.branch("inside")))
                        .node("Relu", "inside", "late")));
        all.add(branch(
                "subgraph that reads what nothing makes",
                Refusal.UNKNOWN_VALUE,
                nodeMessage("", "Relu", "nothing", "a")));
        all.add(function(
                "function that reads a value of the graph that calls it",
                Refusal.UNKNOWN_VALUE,
                nodeMessage("", "Add", "a,x", "b")));
        all.add(function(
                "function whose output nothing makes", Refusal.UNKNOWN_VALUE, nodeMessage("", "Relu", "a", "c")));
        all.add(graphs(
                "subgraph whose output is a value of the graph around it",
                Refusal.UNKNOWN_VALUE,
                Models.graphWith(nodeMessage("", "If", "x", "z", Onnx.graph("then_branch", Models.branch("a")))),
                Models.graphWith(nodeMessage(
                        "",
                        "If",
                        "x",
                        "z",
                        Onnx.graph(
                                "then_branch",
                                new Proto().string(2, "branch").message(12, new Proto().string(1, "x")))))));
        all.add(training(
                "training that reads what nothing makes",
                Refusal.UNKNOWN_VALUE,
                nodeMessage("", "Relu", "nothing", "t")));
        return all;
    }

    private static List<Hazard> order() {
        List<Hazard> all = new ArrayList<>();
        all.add(Hazard.model(
                "nodes out of order",
                Refusal.NOT_SORTED,
                Models.relu().node("Abs", "x", "a").node("Exp", "a", "b"),
                Models.relu().node("Exp", "a", "b").node("Abs", "x", "a")));
        all.add(relu("node that reads its own output", Refusal.NOT_SORTED, graph -> graph.node("Add", "x,a", "a")));
        all.add(relu(
                "two nodes in a cycle",
                Refusal.NOT_SORTED,
                graph -> graph.node("Relu", "b", "a").node("Relu", "a", "b")));
        all.add(relu("thousand nodes in a cycle", Refusal.NOT_SORTED, graph -> {
            graph.node("Relu", "c999", "c0");
            for (int i = 1; i < 1000; i++) {
                graph.node("Relu", "c" + (i - 1), "c" + i);
            }
            return graph;
        }));
        all.add(graphs(
                "cycle through a subgraph",
                Refusal.NOT_SORTED,
                ifNode(nodeMessage("", "Relu", "x", "a")),
                ifNode(nodeMessage("", "Relu", "z", "a"))));
        all.add(graphs(
                "subgraph that reads what a later node around it makes",
                Refusal.NOT_SORTED,
                ifNode(nodeMessage("", "Relu", "x", "a")).message(1, nodeMessage("", "Abs", "x", "late")),
                ifNode(nodeMessage("", "Relu", "late", "a")).message(1, nodeMessage("", "Abs", "x", "late"))));
        all.add(graphs(
                "subgraph that reads its own later value of the name of an outer one",
                Refusal.NOT_SORTED,
                ifNode(nodeMessage("", "Abs", "x", "own"), nodeMessage("", "Relu", "own", "a")),
                Models.graphWith(nodeMessage("", "Exp", "x", "own"))
                        .message(
                                1,
                                nodeMessage(
                                        "",
                                        "If",
                                        "x",
                                        "z",
                                        Onnx.graph(
                                                "then_branch",
                                                Models.branch(
                                                        "out",
                                                        nodeMessage("", "Relu", "own", "a"),
                                                        nodeMessage("", "Abs", "x", "own")))))));
        all.add(function(
                "nodes of a function out of order",
                Refusal.NOT_SORTED,
                nodeMessage("", "Exp", "c", "b"),
                nodeMessage("", "Abs", "a", "c")));
        return all;
    }

    private static List<Hazard> functions() {
        List<Hazard> all = new ArrayList<>();
        Proto relu = nodeMessage("", "Relu", "a", "b");
        byte[] sound = Models.withFunctions(
                        nodeMessage("local", "F", "x", "z"),
                        Models.function("local", "F", nodeMessage("local", "G", "a", "b")),
                        Models.function("local", "G", relu))
                .toBytes();
        all.add(Hazard.bytes(
                "function that calls itself",
                Refusal.RECURSIVE,
                sound,
                Models.withFunctions(
                                nodeMessage("local", "F", "x", "z"),
                                Models.function("local", "F", nodeMessage("local", "F", "a", "b")))
                        .toBytes()));
        all.add(Hazard.bytes(
                "function that calls itself and is never called",
                Refusal.RECURSIVE,
                sound,
                Models.withFunctions(
                                nodeMessage("", "Relu", "x", "z"),
                                Models.function("local", "F", nodeMessage("local", "F", "a", "b")))
                        .toBytes()));
        all.add(Hazard.bytes(
                "two functions that call each other",
                Refusal.RECURSIVE,
                sound,
                Models.withFunctions(
                                nodeMessage("local", "F", "x", "z"),
                                Models.function("local", "F", nodeMessage("local", "G", "a", "b")),
                                Models.function("local", "G", nodeMessage("local", "F", "a", "b")))
                        .toBytes()));
        Proto inside = nodeMessage(
                "",
                "If",
                "a",
                "b",
                Onnx.graph("then_branch", Models.branch("out", nodeMessage("local", "F", "a", "c"))));
        all.add(Hazard.bytes(
                "function that calls itself in a subgraph",
                Refusal.RECURSIVE,
                sound,
                Models.withFunctions(nodeMessage("local", "F", "x", "z"), Models.function("local", "F", inside))
                        .toBytes()));
        all.add(Hazard.bytes(
                "function of ONNX's own domain that calls itself",
                Refusal.RECURSIVE,
                sound,
                Models.withFunctions(
                                nodeMessage("", "Relu", "x", "z"),
                                Models.function("", "Relu", nodeMessage("ai.onnx", "Relu", "a", "b")))
                        .toBytes()));
        return all;
    }

    private static List<Hazard> attributes() {
        List<Hazard> all = new ArrayList<>();
        all.add(attribute(
                "attribute of an unknown type",
                Refusal.AMBIGUOUS,
                new Proto().string(1, "a").varint(20, 15)));
        all.add(attribute(
                "attribute of a negative type",
                Refusal.AMBIGUOUS,
                new Proto().string(1, "a").varint(20, -1)));
        all.add(attribute(
                "attribute without a type",
                Refusal.AMBIGUOUS,
                new Proto().string(1, "a").varint(3, 1)));
        all.add(attribute(
                "attribute that says integer and has a float",
                Refusal.AMBIGUOUS,
                new Proto().string(1, "a").float32(2, 1).varint(20, 2)));
        all.add(attribute(
                "attribute that says integer and has a graph",
                Refusal.AMBIGUOUS,
                new Proto().string(1, "a").message(6, Models.branch("b")).varint(20, 2)));
        all.add(attribute(
                "attribute that has an integer and a graph",
                Refusal.AMBIGUOUS,
                new Proto()
                        .string(1, "a")
                        .varint(3, 1)
                        .message(6, Models.branch("b"))
                        .varint(20, 2)));
        all.add(attribute(
                "attribute that has a tensor and text",
                Refusal.AMBIGUOUS,
                new Proto()
                        .string(1, "a")
                        .message(5, Models.zeros(Onnx.tensor("", FLOAT, "1"), 4))
                        .string(4, "b")
                        .varint(20, 4)));
        all.add(Hazard.model(
                "node with one attribute twice",
                Refusal.AMBIGUOUS,
                Models.withConstant(floatAttribute("value_float", 1)),
                Models.relu()
                        .node(
                                "Constant",
                                "",
                                "constant",
                                floatAttribute("value_float", 1),
                                floatAttribute("value_float", 2))));
        return all;
    }

    private static List<Hazard> types() {
        List<Hazard> all = new ArrayList<>();
        Proto untyped = new Proto().string(1, "v");
        all.add(graphs(
                "input without a type",
                Refusal.ELEMENT_TYPE,
                Models.reluGraph(),
                Models.reluGraph().message(11, untyped)));
        all.add(graphs(
                "output without a type",
                Refusal.ELEMENT_TYPE,
                Models.graphWith(nodeMessage("", "Relu", "x", "v")),
                Models.graphWith(nodeMessage("", "Relu", "x", "v")).message(12, untyped)));
        all.add(input("input of an empty type", Refusal.ELEMENT_TYPE, new Proto()));
        all.add(input(
                "input that is a sequence of nothing", Refusal.ELEMENT_TYPE, new Proto().message(4, new Proto())));
        all.add(input(
                "input that is an optional of nothing", Refusal.ELEMENT_TYPE, new Proto().message(9, new Proto())));
        all.add(input("input that is a map of nothing", Refusal.ELEMENT_TYPE, new Proto().message(5, new Proto())));
        all.add(input("input that is a tensor without an element type", Refusal.ELEMENT_TYPE, tensor(new Proto())));
        for (long type : new long[] {0, 29, 1000, -1}) {
            all.add(input(
                    "input of the element type " + type, Refusal.ELEMENT_TYPE, tensor(new Proto().varint(1, type))));
        }
        all.add(input(
                "input that is a map with float keys",
                Refusal.ELEMENT_TYPE,
                new Proto().message(5, new Proto().varint(1, FLOAT).message(2, tensor(new Proto().varint(1, FLOAT))))));
        Proto negative = new Proto().message(1, new Proto().varint(1, -2));
        all.add(input(
                "input with the dimension -2",
                Refusal.DIMENSION,
                tensor(new Proto().varint(1, FLOAT).message(2, negative))));
        Proto shape = new Proto();
        for (int i = 0; i < 65; i++) {
            shape.message(1, new Proto().varint(1, 1));
        }
        all.add(input(
                "input of 65 dimensions",
                Refusal.DIMENSION,
                tensor(new Proto().varint(1, FLOAT).message(2, shape))));
        return all;
    }

    private interface More {
        Onnx to(Onnx relu);
    }

    private static Hazard relu(String name, Refusal reason, More more) {
        return Hazard.model(name, reason, Models.relu(), more.to(Models.relu()));
    }

    private static Hazard whole(String name, Refusal reason, Proto model) {
        return Hazard.bytes(name, reason, RELU, model.toBytes());
    }

    private static Hazard graphs(String name, Refusal reason, Proto sound, Proto hostile) {
        return Hazard.bytes(
                name,
                reason,
                Models.model(sound).toBytes(),
                Models.model(hostile).toBytes());
    }

    private static Hazard branch(String name, Refusal reason, Proto... nodes) {
        return graphs(name, reason, ifNode(nodeMessage("", "Relu", "x", "a")), ifNode(nodes));
    }

    private static Proto ifNode(Proto... nodes) {
        return Models.graphWith(
                nodeMessage("", "If", "x", "z", Onnx.graph("then_branch", Models.branch("out", nodes))));
    }

    private static Hazard function(String name, Refusal reason, Proto... nodes) {
        Proto call = nodeMessage("local", "F", "x", "z");
        return Hazard.bytes(
                name,
                reason,
                Models.withFunctions(call, Models.function("local", "F", nodeMessage("", "Relu", "a", "b")))
                        .toBytes(),
                Models.withFunctions(call, Models.function("local", "F", nodes)).toBytes());
    }

    private static Hazard training(String name, Refusal reason, Proto node) {
        Proto algorithm = new Proto().message(1, node);
        return Hazard.bytes(
                name,
                reason,
                Models.model(Models.reluGraph())
                        .message(20, new Proto().message(2, new Proto().message(1, nodeMessage("", "Relu", "y", "t"))))
                        .toBytes(),
                Models.model(Models.reluGraph())
                        .message(20, new Proto().message(2, algorithm))
                        .toBytes());
    }

    private static Hazard attribute(String name, Refusal reason, Proto attribute) {
        return Hazard.model(
                name,
                reason,
                Models.withConstant(floatAttribute("value_float", 1)),
                Models.relu().node("Relu", "x", "z", attribute));
    }

    private static Hazard input(String name, Refusal reason, Proto type) {
        Proto sound = tensor(new Proto().varint(1, FLOAT).message(2, THREE));
        return graphs(
                name,
                reason,
                Models.reluGraph().message(11, new Proto().string(1, "v").message(2, sound)),
                Models.reluGraph().message(11, new Proto().string(1, "v").message(2, type)));
    }

    private static Proto tensor(Proto tensorType) {
        return new Proto().message(1, tensorType);
    }
}
