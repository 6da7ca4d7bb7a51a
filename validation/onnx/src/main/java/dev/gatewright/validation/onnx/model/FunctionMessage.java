// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a {@code FunctionProto} says; its body is a graph whose inputs and outputs have no types. */
final class FunctionMessage {
    String domain = Domains.ONNX;
    String name = "";
    String overload = "";
    final GraphMessage body = new GraphMessage();
    final List<OpsetImport> opsets = new ArrayList<>(2);
    final List<AttributeMessage> defaults = new ArrayList<>(0);

    private FunctionMessage() {}

    static FunctionMessage read(MessageReader in) throws IOException {
        in.countPart();
        FunctionMessage function = new FunctionMessage();
        GraphMessage body = function.body;
        while (in.next()) {
            switch (in.number()) {
                case 1 -> function.name = in.once().name();
                case 4 -> body.inputs.add(new ValueMessage(in.name(), null));
                case 5 -> body.outputs.add(new ValueMessage(in.name(), null));
                case 7 -> body.nodes.add(NodeMessage.read(in.message("NodeProto")));
                case 9 -> function.opsets.add(OpsetImport.read(in.message("OperatorSetIdProto")));
                case 10 -> function.domain = Domains.canonical(in.once().name());
                case 11 -> function.defaults.add(AttributeMessage.read(in.message("AttributeProto")));
                case 12 -> body.values.add(ValueMessage.read(in.message("ValueInfoProto")));
                case 13 -> function.overload = in.once().name();
                default -> in.skip();
            }
        }
        return function;
    }

    Place place() {
        return Place.of("function", domain + "." + name, null);
    }
}
