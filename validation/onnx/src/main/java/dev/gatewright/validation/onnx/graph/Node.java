// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.util.List;
import java.util.Optional;

/**
 * A node of a graph.
 *
 * @param operator the operator, such as {@code MatMul}
 * @param domain its domain; empty for ONNX's own
 * @param name its name; may be empty
 * @param inputs the values that it reads; empty where an optional one is left out
 * @param outputs the values that it makes; empty where one is not wanted
 * @param rest fields of the message that nobody here looks at, as they stood
 */
public record Node(
        String operator,
        String domain,
        String name,
        List<String> inputs,
        List<String> outputs,
        List<Attribute> attributes,
        Content rest) {
    /** Keeps its own copies. */
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /** A node of ONNX's own domain. */
    public static Node of(
            String operator, String name, List<String> inputs, List<String> outputs, Attribute... attributes) {
        return new Node(operator, "", name, inputs, outputs, List.of(attributes), new Encoding());
    }

    /** The input at {@code index}; empty where it is left out. */
    public String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** The first output. */
    public String output() {
        return outputs.get(0);
    }

    /** What it is called in messages and options: its name, else its first output. */
    public String label() {
        return name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name;
    }

    /** Whether it is ONNX's own operator of that name. */
    public boolean is(String wanted) {
        return domain.isEmpty() && operator.equals(wanted);
    }

    /** The attribute of that name. */
    public Optional<Attribute> attribute(String wanted) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(wanted)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    /** The value of an integer attribute, or what it is where it does not stand. */
    public long integer(String wanted, long otherwise) {
        return attribute(wanted).map(Attribute::integer).orElse(otherwise);
    }

    /** The value of a float attribute, or what it is where it does not stand. */
    public float number(String wanted, float otherwise) {
        return attribute(wanted).map(Attribute::number).orElse(otherwise);
    }

    /** The same node with other inputs. */
    public Node withInputs(List<String> other) {
        return new Node(operator, domain, name, other, outputs, attributes, rest);
    }

    /** The same node with other outputs. */
    public Node withOutputs(List<String> other) {
        return new Node(operator, domain, name, inputs, other, attributes, rest);
    }

    /** The same node with other attributes. */
    public Node withAttributes(List<Attribute> other) {
        return new Node(operator, domain, name, inputs, outputs, other, rest);
    }
}
