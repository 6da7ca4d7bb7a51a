// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Messages inside messages, and functions that call functions, so deep that a recursive reader runs out of stack. */
final class NestingHazards {
    private static final int DEEP = 100_000;
    private static final byte[] RELU = Models.relu().toBytes();

    private NestingHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        int[] graphs = {1, 5, 6};
        all.add(nested("subgraphs in an If node", new int[] {7}, graphs));
        all.add(nested("subgraphs in a list of graphs", new int[] {7}, 1, 5, 11));
        all.add(nested("subgraphs in a function", new int[] {25, 7, 5, 6}, graphs));
        all.add(nested("subgraphs in the default of a function's attribute", new int[] {25, 11, 6}, graphs));
        all.add(nested("subgraphs in a training algorithm", new int[] {20, 2}, graphs));
        all.add(nested("sequences in the type of an input", new int[] {7, 11, 2}, 4, 1));
        all.add(nested("sequences in the type of a value", new int[] {7, 13, 2}, 4, 1));
        all.add(nested("optionals in the type of an output", new int[] {7, 12, 2}, 9, 1));
        all.add(nested("maps in the type of an input", new int[] {7, 11, 2}, 5, 2));
        all.add(nested("sequences in an attribute", new int[] {7, 1, 5, 14}, 4, 1));
        all.add(groups("groups in the model"));
        all.add(groups("groups in a graph", 7));
        all.add(groups("groups in a node", 7, 1));
        all.add(groups("groups in a tensor", 7, 5));
        all.add(groups("groups in a type", 7, 11, 2));
        all.add(Hazard.bytes(
                "subgraphs one level deeper than the limit", Refusal.TOO_DEEP, subgraphs(20), subgraphs(21)));
        all.add(Hazard.bytes("types one level deeper than the limit", Refusal.TOO_DEEP, sequences(29), sequences(30)));
        all.add(Hazard.bytes("functions one call deeper than the limit", Refusal.TOO_DEEP, chain(64), chain(65)));
        all.add(Hazard.bytes("chain of ten thousand functions", Refusal.TOO_DEEP, chain(10), chain(10_000)));
        all.add(Hazard.bytes(
                "deep chain of functions whose end is met first", Refusal.TOO_DEEP, backwards(64), backwards(65)));
        all.add(Hazard.bytes("function that doubles thirty times", Refusal.TOO_MANY, doubling(10), doubling(30)));
        all.add(Hazard.bytes(
                "function that doubles sixty times, past 64 bits", Refusal.TOO_MANY, doubling(10), doubling(62)));
        return all;
    }

    /** Messages nested by the field numbers {@code way}, and then by those of {@code circle} over and over. */
    private static Hazard nested(String name, int[] way, int... circle) {
        int[] fields = new int[DEEP];
        for (int i = 0; i < DEEP; i++) {
            fields[i] = i < way.length ? way[i] : circle[(i - way.length) % circle.length];
        }
        return Hazard.bytes(DEEP + " " + name, Refusal.TOO_DEEP, RELU, spine(fields));
    }

    private static Hazard groups(String name, int... path) {
        Proto groups = new Proto();
        for (int i = 0; i < DEEP; i++) {
            groups.tag(99, 3);
        }
        for (int i = 0; i < DEEP; i++) {
            groups.tag(99, 4);
        }
        Proto model = groups;
        for (int i = path.length - 1; i >= 0; i--) {
            model = new Proto().message(path[i], model);
        }
        return Hazard.bytes(DEEP + " " + name, Refusal.TOO_DEEP, RELU, model.toBytes());
    }

    /** Built from the inside out by lengths alone: every level is a tag, a length, and the next level. */
    private static byte[] spine(int... fields) {
        int depth = fields.length;
        int[] lengths = new int[depth + 1];
        for (int i = depth - 1; i >= 0; i--) {
            lengths[i] = header(fields[i], lengths[i + 1]).length + lengths[i + 1];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(lengths[0]);
        for (int i = 0; i < depth; i++) {
            bytes.writeBytes(header(fields[i], lengths[i + 1]));
        }
        return bytes.toByteArray();
    }

    private static byte[] header(int field, int length) {
        return new Proto().tag(field, 2).rawVarint(length).toBytes();
    }

    /** A valid model with subgraphs inside each other: each level is three messages, the model itself the first. */
    private static byte[] subgraphs(int levels) {
        Proto graph = Models.branch("out");
        for (int i = 1; i < levels; i++) {
            graph = Models.branch("out", ifNode(graph, "inner"));
        }
        return Models.model(Models.graphWith(ifNode(graph, "outer"))).toBytes();
    }

    private static Proto ifNode(Proto branch, String out) {
        return Onnx.nodeMessage("", "Identity", "", out, Onnx.graph("then_branch", branch));
    }

    private static byte[] sequences(int levels) {
        Proto type = new Proto().message(1, new Proto().varint(1, FLOAT));
        for (int i = 0; i < levels; i++) {
            type = new Proto().message(4, new Proto().message(1, type));
        }
        Proto value = new Proto().string(1, "v").message(2, type);
        return Models.model(Models.reluGraph().message(13, value)).toBytes();
    }

    /** Functions in a row, each of which calls the next. */
    private static byte[] chain(int functions) {
        Proto[] all = new Proto[functions];
        for (int i = 0; i < functions; i++) {
            all[i] = link(i, i == functions - 1);
        }
        return Models.withFunctions(Onnx.nodeMessage("local", "F0", "x", "z"), all)
                .toBytes();
    }

    private static byte[] backwards(int functions) {
        Proto[] all = new Proto[functions];
        for (int i = 0; i < functions; i++) {
            all[functions - 1 - i] = link(i, i == functions - 1);
        }
        return Models.withFunctions(Onnx.nodeMessage("local", "F0", "x", "z"), all)
                .toBytes();
    }

    private static Proto link(int index, boolean last) {
        String callee = last ? "Relu" : "F" + (index + 1);
        return Models.function("local", "F" + index, Onnx.nodeMessage(last ? "" : "local", callee, "a", "b"));
    }

    /** Functions of which each calls the next twice: as many nodes as two to the power of {@code functions}. */
    private static byte[] doubling(int functions) {
        Proto[] all = new Proto[functions];
        for (int i = 0; i < functions; i++) {
            String callee = i == functions - 1 ? "Relu" : "F" + (i + 1);
            String domain = i == functions - 1 ? "" : "local";
            all[i] = Models.function(
                    "local",
                    "F" + i,
                    Onnx.nodeMessage(domain, callee, "a", "c"),
                    Onnx.nodeMessage(domain, callee, "c", "b"));
        }
        return Models.withFunctions(Onnx.nodeMessage("local", "F0", "x", "z"), all)
                .toBytes();
    }
}
