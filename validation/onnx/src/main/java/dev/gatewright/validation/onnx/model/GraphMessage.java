// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a {@code GraphProto} says. */
final class GraphMessage {
    String name = "";
    final List<NodeMessage> nodes = new ArrayList<>();
    final List<TensorMessage> initializers = new ArrayList<>();
    final List<SparseTensorMessage> sparseInitializers = new ArrayList<>();
    final List<ValueMessage> inputs = new ArrayList<>();
    final List<ValueMessage> outputs = new ArrayList<>();
    final List<ValueMessage> values = new ArrayList<>();

    GraphMessage() {}

    static GraphMessage read(MessageReader in) throws IOException {
        in.countPart();
        GraphMessage graph = new GraphMessage();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> graph.nodes.add(NodeMessage.read(in.message("NodeProto")));
                case 2 -> graph.name = in.once().name();
                case 5 -> graph.initializers.add(TensorMessage.read(in.message("TensorProto")));
                case 11 -> graph.inputs.add(ValueMessage.read(in.message("ValueInfoProto")));
                case 12 -> graph.outputs.add(ValueMessage.read(in.message("ValueInfoProto")));
                case 13 -> graph.values.add(ValueMessage.read(in.message("ValueInfoProto")));
                case 15 -> graph.sparseInitializers.add(SparseTensorMessage.read(in.message("SparseTensorProto")));
                default -> in.skip();
            }
        }
        return graph;
    }
}
