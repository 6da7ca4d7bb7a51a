// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@code NodeProto} says. */
final class NodeMessage {
    final List<String> inputs = new ArrayList<>(3);
    final List<String> outputs = new ArrayList<>(1);
    List<AttributeMessage> attributes = List.of();
    String name = "";
    String operator = "";
    String domain = Domains.ONNX;
    String overload = "";

    private NodeMessage() {}

    static NodeMessage read(MessageReader in) throws IOException {
        in.countPart();
        NodeMessage node = new NodeMessage();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> node.inputs.add(in.name());
                case 2 -> node.outputs.add(in.name());
                case 3 -> node.name = in.once().name();
                case 4 -> node.operator = in.once().name();
                case 5 -> node.attribute(AttributeMessage.read(in.message("AttributeProto")));
                case 7 -> node.domain = Domains.canonical(in.once().name());
                case 8 -> node.overload = in.once().name();
                default -> in.skip();
            }
        }
        return node;
    }

    private void attribute(AttributeMessage attribute) {
        if (attributes.isEmpty()) {
            attributes = new ArrayList<>(2);
        }
        attributes.add(attribute);
    }

    /** Where this node stands: by its name, else by its first output. */
    Place place(@Nullable Place outer) {
        if (!name.isEmpty() || outputs.isEmpty()) {
            return Place.of(operator + " node", name, outer);
        }
        return Place.of(operator + " node that makes", outputs.get(0), outer);
    }

    @Nullable
    AttributeMessage attribute(String wanted) {
        for (AttributeMessage attribute : attributes) {
            if (attribute.name.equals(wanted)) {
                return attribute;
            }
        }
        return null;
    }

    /** The input at {@code index}; empty where it is left out. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }
}
