// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;

/** The models that the hazards are built into, by the field numbers of {@code onnx.proto}. */
final class Models {
    private Models() {}

    /** A model of one node, {@code y = relu(x)}. */
    static Onnx relu() {
        return Onnx.model().input("x", FLOAT, "N,2").node("Relu", "x", "y").output("y", FLOAT, "N,2");
    }

    /** The same with the initializer {@code tensor}, whatever its name. */
    static Onnx withInitializer(Proto tensor) {
        return relu().initializer(tensor);
    }

    /** The same with a node beside it, {@code Constant} with this attribute. */
    static Onnx withConstant(Proto attribute) {
        return relu().node("Constant", "", "constant", attribute);
    }

    /** An attribute that holds a tensor. */
    static Proto tensorAttribute(String name, Proto tensor) {
        return new Proto().string(1, name).message(5, tensor).varint(20, 4);
    }

    /** The graph of {@link #relu()}, open for more fields. */
    static Proto reluGraph() {
        return relu().toGraph();
    }

    /** A model around {@code graph}, with IR version 8 and opset 17, open for more fields. */
    static Proto model(Proto graph) {
        return new Proto().varint(1, 8).message(8, opset("", 17)).message(7, graph);
    }

    static Proto opset(String domain, long version) {
        return new Proto().string(1, domain).varint(2, version);
    }

    /** A graph whose only node is {@code node}, beside the one that makes the output. */
    static Proto graphWith(Proto node) {
        return reluGraph().message(1, node);
    }

    /** A subgraph without inputs: {@code out = Constant(1)}, with {@code nodes} before. */
    static Proto branch(String out, Proto... nodes) {
        Proto graph = new Proto().string(2, "branch");
        for (Proto node : nodes) {
            graph.message(1, node);
        }
        return graph.message(1, Onnx.nodeMessage("", "Constant", "", out, floatAttribute("value_float", 1)))
                .message(12, new Proto().string(1, out));
    }

    static Proto floatAttribute(String name, float value) {
        return new Proto().string(1, name).float32(2, value).varint(20, 1);
    }

    /** A function {@code domain.name(a) = b} with these nodes, which read {@code a} and make {@code b}. */
    static Proto function(String domain, String name, Proto... nodes) {
        Proto function =
                new Proto().string(1, name).string(4, "a").string(5, "b").string(10, domain);
        for (Proto node : nodes) {
            function.message(7, node);
        }
        return function.message(9, opset("", 17));
    }

    /** A model whose graph has {@code node} and whose functions are these. */
    static Proto withFunctions(Proto node, Proto... functions) {
        Proto model = model(graphWith(node)).message(8, opset("local", 1));
        for (Proto function : functions) {
            model.message(25, function);
        }
        return model;
    }

    /** Raw bytes of zeros. */
    static Proto zeros(Proto tensor, int bytes) {
        return tensor.bytes(9, new byte[bytes]);
    }
}
