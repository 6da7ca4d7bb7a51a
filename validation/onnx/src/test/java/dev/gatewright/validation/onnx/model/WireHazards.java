// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Bytes that are no protobuf, no ONNX, or that two parsers could read as two models. */
final class WireHazards {
    private static final byte[] RELU = Models.relu().toBytes();
    private static final byte[] NOT_UTF8 = {(byte) 0xC3, (byte) 0x28};
    private static final byte[] OVERLONG = {(byte) 0xC0, (byte) 0xAF};
    private static final byte[] SURROGATE = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

    private WireHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        all.addAll(ends());
        all.addAll(tags());
        all.addAll(lengths());
        all.addAll(wireTypes());
        all.addAll(numbers());
        all.addAll(texts());
        all.addAll(repetitions());
        all.addAll(counts());
        return all;
    }

    private static List<Hazard> ends() {
        List<Hazard> all = new ArrayList<>();
        // The last field of a model of the test kit is the operator set, so that each cut falls into a field.
        all.add(cut("file without its last byte", Refusal.TRUNCATED, RELU.length - 1));
        all.add(cut("file cut in the middle", Refusal.TRUNCATED, RELU.length / 2));
        all.add(cut("file of one byte", Refusal.TRUNCATED, 1));
        all.add(appended("zero behind the model", Refusal.MALFORMED, new Proto().raw((byte) 0)));
        all.add(appended("text behind the model", Refusal.MALFORMED, new Proto().raw((byte) 'g', (byte) 'a')));
        all.add(appended("half a tag behind the model", Refusal.TRUNCATED, new Proto().raw((byte) 0x80)));
        all.add(appended(
                "zip archive behind the model",
                Refusal.MALFORMED,
                new Proto().raw((byte) 'P', (byte) 'K', (byte) 3, (byte) 4)));
        all.add(appended("second model behind the model", Refusal.AMBIGUOUS, new Proto().raw(RELU)));
        return all;
    }

    private static List<Hazard> tags() {
        List<Hazard> all = new ArrayList<>();
        all.add(appended(
                "field number 0", Refusal.MALFORMED, new Proto().tag(0, 0).rawVarint(1)));
        all.add(appended("wire type 6", Refusal.MALFORMED, new Proto().tag(99, 6)));
        all.add(appended("wire type 7", Refusal.MALFORMED, new Proto().tag(99, 7)));
        all.add(appended(
                "tag of 33 bits",
                Refusal.MALFORMED,
                new Proto().rawVarint(1L << 32 | 99 << 3).rawVarint(1)));
        all.add(appended(
                "tag of 10 bytes whose low bits are a graph's",
                Refusal.MALFORMED,
                new Proto().rawVarint(1L << 63 | 7 << 3 | 2).rawVarint(0)));
        all.add(appended("end of a group that did not begin", Refusal.MALFORMED, new Proto().tag(99, 4)));
        all.add(appended("group that does not end", Refusal.TRUNCATED, new Proto().tag(99, 3)));
        all.add(appended(
                "group that ends as another one",
                Refusal.MALFORMED,
                new Proto().tag(99, 3).tag(98, 4)));
        all.add(appended(
                "group that begins in a message and ends outside",
                Refusal.TRUNCATED,
                new Proto().message(14, new Proto().tag(99, 3)).tag(99, 4)));
        return all;
    }

    private static List<Hazard> lengths() {
        List<Hazard> all = new ArrayList<>();
        all.add(appended(
                "length beyond the file",
                Refusal.TRUNCATED,
                new Proto().tag(99, 2).rawVarint(1)));
        all.add(appended(
                "length of 2 GiB", Refusal.TRUNCATED, new Proto().tag(99, 2).rawVarint(1L << 31)));
        all.add(appended(
                "length of 4 GiB", Refusal.TRUNCATED, new Proto().tag(99, 2).rawVarint(1L << 32)));
        all.add(appended(
                "negative length", Refusal.TRUNCATED, new Proto().tag(99, 2).rawVarint(-1)));
        all.add(appended(
                "length that overflows with the position",
                Refusal.TRUNCATED,
                new Proto().tag(99, 2).rawVarint(Integer.MAX_VALUE)));
        all.add(Hazard.bytes(
                "node that is longer than its graph",
                Refusal.TRUNCATED,
                Models.model(Models.reluGraph()).toBytes(),
                Models.model(Models.reluGraph().tag(1, 2).rawVarint(1000)).toBytes()));
        all.add(node(
                "name that is longer than its node",
                Refusal.TRUNCATED,
                new Proto().tag(3, 2).rawVarint(1000)));
        all.add(tensor(
                "raw data longer than their tensor",
                Refusal.TRUNCATED,
                new Proto().tag(9, 2).rawVarint(1L << 20)));
        all.add(tensor(
                "packed numbers longer than their tensor",
                Refusal.TRUNCATED,
                new Proto().tag(5, 2).rawVarint(1L << 20)));
        all.add(tensor(
                "packed number that goes on behind its field",
                Refusal.TRUNCATED,
                new Proto().bytes(5, new byte[] {1, (byte) 0x80})));
        return all;
    }

    private static List<Hazard> wireTypes() {
        List<Hazard> all = new ArrayList<>();
        all.add(whole("graph as a number", Refusal.MALFORMED, new Proto().varint(7, 1)));
        all.add(whole(
                "graph as a group", Refusal.MALFORMED, new Proto().tag(7, 3).tag(7, 4)));
        all.add(whole("IR version as text", Refusal.MALFORMED, new Proto().string(1, "8")));
        all.add(whole("operator set as a float", Refusal.MALFORMED, new Proto().float32(8, 1)));
        all.add(appended("metadata as a number", Refusal.MALFORMED, new Proto().varint(14, 1)));
        all.add(node("input of a node as a number", Refusal.MALFORMED, new Proto().varint(1, 1)));
        all.add(node("operator as a number", Refusal.MALFORMED, new Proto().varint(4, 1)));
        all.add(node("attribute as a number", Refusal.MALFORMED, new Proto().varint(5, 1)));
        all.add(tensor("dimension as a float", Refusal.MALFORMED, new Proto().float32(1, 1)));
        all.add(tensor("element type as text", Refusal.MALFORMED, new Proto().string(2, "float")));
        all.add(tensor("raw data as a number", Refusal.MALFORMED, new Proto().varint(9, 1)));
        all.add(tensor("float data as integers", Refusal.MALFORMED, new Proto().varint(4, 1)));
        all.add(tensor("double data as 32-bit floats", Refusal.MALFORMED, new Proto().float32(10, 1)));
        all.add(tensor("text data as a number", Refusal.MALFORMED, new Proto().varint(6, 1)));
        all.add(tensor("external data as a number", Refusal.MALFORMED, new Proto().varint(13, 1)));
        all.add(tensor("packed floats of three bytes", Refusal.MALFORMED, new Proto().bytes(4, new byte[3])));
        all.add(tensor("packed doubles of seven bytes", Refusal.MALFORMED, new Proto().bytes(10, new byte[7])));
        all.add(attribute("integer attribute as a float", Refusal.MALFORMED, new Proto().float32(3, 1)));
        all.add(attribute("float attribute as an integer", Refusal.MALFORMED, new Proto().varint(2, 1)));
        all.add(attribute("packed float attribute of a byte", Refusal.MALFORMED, new Proto().bytes(7, new byte[1])));
        return all;
    }

    private static List<Hazard> numbers() {
        List<Hazard> all = new ArrayList<>();
        byte[] eleven = new byte[11];
        Arrays.fill(eleven, (byte) 0xFF);
        byte[] large = eleven.clone();
        large[9] = 2;
        all.add(appended(
                "number of 65 bits", Refusal.MALFORMED, new Proto().tag(99, 0).raw(Arrays.copyOf(large, 10))));
        all.add(appended(
                "number of eleven bytes",
                Refusal.MALFORMED,
                new Proto().tag(99, 0).raw(eleven)));
        all.add(appended(
                "32-bit number that the file cuts",
                Refusal.TRUNCATED,
                new Proto().tag(99, 5).raw((byte) 1)));
        all.add(appended(
                "64-bit number that the file cuts",
                Refusal.TRUNCATED,
                new Proto().tag(99, 1).raw((byte) 1)));
        all.add(appended(
                "number that the file cuts",
                Refusal.TRUNCATED,
                new Proto().tag(99, 0).raw((byte) 0x80)));
        all.add(tensor(
                "element type that is float in 32 of its 64 bits",
                Refusal.MALFORMED,
                new Proto().varint(2, 1L << 32 | FLOAT)));
        all.add(tensor(
                "data location that is external in 32 of its 64 bits",
                Refusal.MALFORMED,
                new Proto().varint(14, 1L << 32 | 1)));
        all.add(attribute(
                "attribute type that is a graph's in 32 of its 64 bits",
                Refusal.MALFORMED,
                new Proto().varint(20, 1L << 32 | 5)));
        return all;
    }

    private static List<Hazard> texts() {
        List<Hazard> all = new ArrayList<>();
        for (byte[] bytes : List.of(NOT_UTF8, OVERLONG, SURROGATE)) {
            String spelled = Arrays.toString(bytes);
            all.add(node("operator of the bytes " + spelled, Refusal.NOT_TEXT, new Proto().bytes(4, bytes)));
            all.add(appended("producer of the bytes " + spelled, Refusal.NOT_TEXT, new Proto().bytes(3, bytes)));
        }
        all.add(node("input of no text", Refusal.NOT_TEXT, new Proto().bytes(1, NOT_UTF8)));
        all.add(node("domain of no text", Refusal.NOT_TEXT, new Proto().bytes(7, NOT_UTF8)));
        all.add(tensor("tensor with a name of no text", Refusal.NOT_TEXT, new Proto().bytes(8, NOT_UTF8)));
        all.add(attribute("attribute with a name of no text", Refusal.NOT_TEXT, new Proto().bytes(1, NOT_UTF8)));
        all.add(appended(
                "metadata key of no text", Refusal.NOT_TEXT, new Proto().message(14, new Proto().bytes(1, NOT_UTF8))));
        all.add(appended(
                "metadata value of no text",
                Refusal.NOT_TEXT,
                new Proto().message(14, new Proto().bytes(2, NOT_UTF8))));
        all.add(node("name with a NUL", Refusal.NOT_TEXT, new Proto().string(1, "a\0b")));
        all.add(node("operator with a NUL", Refusal.NOT_TEXT, new Proto().string(4, "Relu\0")));
        all.add(node("domain that is ONNX's up to a NUL", Refusal.NOT_TEXT, new Proto().string(7, "\0evil")));
        Proto dimension = new Proto().message(1, new Proto().bytes(2, NOT_UTF8));
        all.add(graph(
                "dimension with a name of no text",
                Refusal.NOT_TEXT,
                new Proto().message(13, value(new Proto().varint(1, FLOAT).message(2, dimension)))));
        return all;
    }

    private static List<Hazard> repetitions() {
        List<Hazard> all = new ArrayList<>();
        all.add(appended("two graphs", Refusal.AMBIGUOUS, new Proto().message(7, new Proto())));
        all.add(appended("two IR versions", Refusal.AMBIGUOUS, new Proto().varint(1, 9)));
        all.add(node(
                "node with two operators",
                Refusal.AMBIGUOUS,
                new Proto().string(4, "Abs").string(4, "Exp")));
        all.add(node(
                "node with two domains",
                Refusal.AMBIGUOUS,
                new Proto().string(7, "").string(7, "evil")));
        all.add(tensor(
                "tensor with two names",
                Refusal.AMBIGUOUS,
                new Proto().string(8, "v").string(8, "w")));
        all.add(tensor(
                "tensor with two element types",
                Refusal.AMBIGUOUS,
                new Proto().varint(2, 1).varint(2, 7)));
        all.add(tensor(
                "tensor with raw data twice",
                Refusal.AMBIGUOUS,
                new Proto().bytes(9, new byte[4]).bytes(9, new byte[4])));
        all.add(tensor(
                "tensor with two data locations",
                Refusal.AMBIGUOUS,
                new Proto().varint(14, 1).varint(14, 0)));
        all.add(attribute(
                "attribute with two tensors",
                Refusal.AMBIGUOUS,
                new Proto().bytes(5, new byte[0]).bytes(5, new byte[0])));
        all.add(attribute(
                "attribute with two types",
                Refusal.AMBIGUOUS,
                new Proto().varint(20, 1).varint(20, 2)));
        all.add(graph("graph with two names", Refusal.AMBIGUOUS, new Proto().string(2, "again")));
        all.add(graph(
                "type that is a tensor and a sequence",
                Refusal.AMBIGUOUS,
                new Proto()
                        .message(
                                13,
                                new Proto()
                                        .string(1, "v")
                                        .message(
                                                2,
                                                new Proto()
                                                        .message(1, new Proto())
                                                        .message(4, new Proto())))));
        Proto both = new Proto().message(1, new Proto().varint(1, 3).string(2, "N"));
        all.add(graph(
                "dimension that is fixed and named",
                Refusal.AMBIGUOUS,
                new Proto().message(13, value(new Proto().varint(1, FLOAT).message(2, both)))));
        return all;
    }

    private static List<Hazard> counts() {
        List<Hazard> all = new ArrayList<>();
        Onnx many = Models.relu();
        for (int i = 0; i < 20; i++) {
            many.node("Relu", "x", "y" + i);
        }
        all.add(Hazard.model("more nodes than the limit", Refusal.TOO_MANY, Models.relu(), many)
                .within(limits(10, 1000, 1000, 1000)));
        all.add(Hazard.model("more messages than the limit", Refusal.TOO_MANY, Models.relu(), many)
                .within(limits(1000, 30, 1000, 1000)));
        all.add(Hazard.model("more names than the limit", Refusal.TOO_MANY, Models.relu(), many)
                .within(limits(1000, 1000, 30, 1000)));
        all.add(Hazard.model("more text than the limit", Refusal.TOO_MANY, Models.relu(), many)
                .within(limits(1000, 1000, 1000, 100)));
        all.add(appended("message that repeats a million times", Refusal.TOO_MANY, repeated(new byte[] {0x72, 0})));
        Proto nodes = new Proto()
                .message(7, new Proto().raw(repeated(new byte[] {0x0A, 0}).toBytes()));
        all.add(Hazard.bytes("a million empty nodes", Refusal.TOO_MANY, RELU, nodes.toBytes()));
        Proto inputs = new Proto().message(1, repeated(new byte[] {0x0A, 0}));
        all.add(Hazard.bytes(
                "node of a million inputs",
                Refusal.TOO_MANY,
                RELU,
                new Proto().message(7, inputs).toBytes()));
        all.add(node("name of 2 MiB", Refusal.TOO_MANY, new Proto().bytes(3, new byte[2 << 20]))
                .within(limits(1000, 1000, 1000, 1 << 20)));
        return all;
    }

    private static SafetyLimits limits(int parts, int messages, int names, long textBytes) {
        return new SafetyLimits(1 << 20, 64, parts, messages, names, textBytes, 10, Set.of());
    }

    private static Proto repeated(byte[] bytes) {
        byte[] all = new byte[1_100_000 * bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes[i % bytes.length];
        }
        return new Proto().raw(all);
    }

    private static Proto value(Proto tensorType) {
        return new Proto().string(1, "v").message(2, new Proto().message(1, tensorType));
    }

    private static Hazard cut(String name, Refusal reason, int length) {
        return Hazard.bytes(name, reason, RELU, Arrays.copyOf(RELU, length));
    }

    private static Hazard whole(String name, Refusal reason, Proto model) {
        return Hazard.bytes(name, reason, RELU, model.toBytes());
    }

    private static Hazard appended(String name, Refusal reason, Proto more) {
        return Hazard.bytes(
                name, reason, RELU, new Proto().raw(RELU).raw(more.toBytes()).toBytes());
    }

    private static Hazard graph(String name, Refusal reason, Proto more) {
        return Hazard.bytes(
                name,
                reason,
                Models.model(Models.reluGraph()).toBytes(),
                Models.model(Models.reluGraph().raw(more.toBytes())).toBytes());
    }

    private static Hazard node(String name, Refusal reason, Proto fields) {
        Proto sound = new Proto().string(1, "x").string(2, "z").string(4, "Relu");
        return Hazard.bytes(
                name,
                reason,
                Models.model(Models.graphWith(sound)).toBytes(),
                Models.model(Models.graphWith(fields)).toBytes());
    }

    private static Hazard tensor(String name, Refusal reason, Proto fields) {
        Proto sound = Models.zeros(Onnx.tensor("w", FLOAT, "1"), 4);
        return Hazard.model(name, reason, Models.withInitializer(sound), Models.withInitializer(fields));
    }

    private static Hazard attribute(String name, Refusal reason, Proto fields) {
        return Hazard.model(
                name, reason, Models.withConstant(Onnx.integer("value_int", 1)), Models.withConstant(fields));
    }
}
