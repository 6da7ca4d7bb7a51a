// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Models that reach for other files, unfold without end, or are none. */
final class ModelFiles {
    private static final byte[] SOUND = classifier().toBytes();
    private static final String ALLOWED = "Allowed: ";

    private ModelFiles() {}

    static Content sound() {
        return Content.of(SOUND);
    }

    static Stream<HostileFile> all() {
        return Stream.of(files(), wire(), weights(), graphs()).flatMap(table -> table.files().stream());
    }

    private static Kind.Table files() {
        Kind.Table table = Kind.MODEL
                .table()
                .add("empty", Content.of(""), "no bytes", ALLOWED)
                .add("a folder", Content.folder(), "file", ALLOWED)
                .add("a link to itself", Content.link("model.onnx"), "read", ALLOWED)
                .add("a link to a device", Content.link("/dev/zero"), "file", ALLOWED)
                .add(
                        "three gigabytes of nothing after the model",
                        Content.sparse(SOUND, 3L << 30, new byte[0]),
                        "2 GiB",
                        ALLOWED)
                .add(
                        "a web page",
                        Content.of("<!DOCTYPE html><html><title>Sign in</title></html>"),
                        "web page",
                        ALLOWED)
                .add(
                        "a pickle",
                        Content.raw("\u0080\u0004\u0095\u0010\0\0\0\0\0\0\0\u008c\u0008builtins"),
                        "pickle",
                        ALLOWED)
                .add("a zip archive", Content.raw("PK\u0003\u0004\u0014\0\0\0\0\0archive/data.pkl"), "zip", ALLOWED)
                .add("JSON", Content.of("{\"learner\": {}}"), "JSON", ALLOWED)
                .add("an array of NumPy's", Content.raw("\u0093NUMPY\u0001\0v\0{'descr': '<f4'}"), "NumPy", ALLOWED)
                .add("random bytes", Content.of(noise()), "byte", ALLOWED);
        for (int percent : new int[] {1, 50, 99}) {
            table.add(
                    "cut after " + percent + "%",
                    Content.of(Arrays.copyOf(SOUND, Math.max(1, SOUND.length * percent / 100))),
                    "model.onnx' is refused: ",
                    ALLOWED);
        }
        return table;
    }

    private static Kind.Table wire() {
        return Kind.MODEL
                .table()
                .add("text after the model", appended(new Proto().raw((byte) 'g', (byte) 'a')), "byte", ALLOWED)
                .add("a second graph", appended(new Proto().message(7, new Proto())), "a second time", ALLOWED)
                .add("a second model", appended(new Proto().raw(SOUND)), "a second time", ALLOWED)
                .add("a length of 4 GiB", appended(new Proto().tag(99, 2).rawVarint(1L << 32)), "byte", ALLOWED)
                .add("a negative length", appended(new Proto().tag(99, 2).rawVarint(-1)), "byte", ALLOWED)
                .add("a number of eleven bytes", appended(new Proto().tag(99, 0).raw(ones(11))), "byte", ALLOWED)
                .add("a group that does not end", appended(new Proto().tag(99, 3)), "byte", ALLOWED)
                .add(
                        "100,000 groups in each other",
                        appended(new Proto().raw(repeated(100_000, new Proto().tag(99, 3)))),
                        "deep",
                        ALLOWED)
                .add(
                        "a million messages",
                        appended(new Proto().raw(repeated(1_100_000, new Proto().message(14, new Proto())))),
                        "the message after the limit of 1000000",
                        ALLOWED)
                .add(
                        "an operator of no text",
                        appended(new Proto().bytes(3, new byte[] {(byte) 0xC3, 0x28})),
                        "UTF-8",
                        ALLOWED);
    }

    private static Kind.Table weights() {
        Kind.Table table = Kind.MODEL.table();
        for (String location : List.of(
                "../data/holdout.csv",
                "/etc/passwd",
                "..\\holdout.csv",
                "C:\\weights",
                "a/../../b",
                "\u001b[2J",
                "",
                ".",
                "build\0")) {
            table.add("weights in '" + location + "'", Content.of(external(location, 0L, 36L)), "weights", ALLOWED);
        }
        return table.add(
                        "weights behind a link",
                        file -> {
                            Files.createSymbolicLink(file.resolveSibling("weights.bin"), Path.of("/etc/passwd"));
                            Content.of(external("weights.bin", 0L, 36L)).writeTo(file);
                        },
                        "link",
                        ALLOWED)
                .add("weights that are not there", Content.of(external("weights.bin", 0L, 36L)), "weights.bin", ALLOWED)
                .add("weights in the model itself", Content.of(external("model.onnx", 0L, 36L)), "model.onnx", ALLOWED)
                .add("weights before the begin", beside(36, external("weights.bin", -4L, 36L)), "offset", ALLOWED)
                .add(
                        "weights beyond the end",
                        beside(36, external("weights.bin", 1L << 40, 36L)),
                        "weights.bin",
                        ALLOWED)
                .add(
                        "fewer weights than the shape says",
                        beside(32, external("weights.bin", 0L, 32L)),
                        "weights",
                        ALLOWED);
    }

    private static Kind.Table graphs() {
        Proto four = new Proto().bytes(9, new byte[4]);
        return Kind.MODEL
                .table()
                .add("a tensor of 2^64 elements", tensor("4294967296,4294967296", four), "w", ALLOWED)
                .add("a tensor of negative size", tensor("-1", four), "w", ALLOWED)
                .add("a tensor of 65 axes", tensor("1" + ",1".repeat(64), four), "w", ALLOWED)
                .add("a tensor of four bytes for a million", tensor("1000000", four), "w", ALLOWED)
                .add(
                        "a tensor of an unknown type",
                        initializer(Onnx.tensor("w", 99, "1").bytes(9, new byte[4])),
                        "w",
                        ALLOWED)
                .add("a constant of a terabyte", Content.of(filled()), "bytes", ALLOWED)
                .add("graphs 1,000 deep", Content.of(nested(1000)), "deep", ALLOWED)
                .add(
                        "an operator that there is not",
                        Content.of(Onnx.model()
                                .input("x", Onnx.FLOAT, "N,3")
                                .node("Evil", "x", "scores")
                                .output("scores", Onnx.FLOAT, "N,3")
                                .toBytes()),
                        "No Op registered for Evil",
                        "Next: export the model anew")
                .add(
                        "an operator of somebody's own",
                        Content.of(Onnx.model()
                                .input("x", Onnx.FLOAT, "N,3")
                                .node("com.evil", "Exec", "x", "scores")
                                .output("scores", Onnx.FLOAT, "N,3")
                                .toBytes()),
                        "com.evil",
                        ALLOWED)
                .add(
                        "an operator set of the next century",
                        Content.of(classifier().opset(4000).toBytes()),
                        "4000",
                        "Next: export the model anew")
                .add(
                        "a node that reads what it writes",
                        Content.of(Onnx.model()
                                .input("x", Onnx.FLOAT, "N,3")
                                .node("Add", "x,scores", "scores")
                                .output("scores", Onnx.FLOAT, "N,3")
                                .toBytes()),
                        "scores",
                        ALLOWED);
    }

    private static Onnx classifier() {
        return Onnx.softmaxClassifier(new float[][] {{3, 0, 0}, {0, 3, 0}, {0, 0, 3}}, new float[3]);
    }

    private static Content appended(Proto more) {
        return Content.of(new Proto().raw(SOUND).raw(more.toBytes()).toBytes());
    }

    private static byte[] external(String location, Long offset, Long length) {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .external("weights", Onnx.FLOAT, "3,3", location, offset, length)
                .node("MatMul", "x,weights", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,3")
                .toBytes();
    }

    /** The model with a file of weights beside it. */
    private static Content beside(int bytes, byte[] model) {
        return file -> {
            Files.write(file.resolveSibling("weights.bin"), new byte[bytes]);
            Content.of(model).writeTo(file);
        };
    }

    private static Content tensor(String shape, Proto data) {
        return initializer(Onnx.tensor("w", Onnx.FLOAT, shape).raw(data.toBytes()));
    }

    private static Content initializer(Proto tensor) {
        return Content.of(classifier().initializer(tensor).toBytes());
    }

    private static byte[] filled() {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .longs("shape", "2", 1L << 19, 1L << 19)
                .node("ConstantOfShape", "shape", "much")
                .node("ReduceSum", "much", "zero", Onnx.integer("keepdims", 0))
                .node("Add", "x,zero", "sum")
                .node("Softmax", "sum", "scores")
                .output("scores", Onnx.FLOAT, "N,3")
                .toBytes();
    }

    private static byte[] nested(int depth) {
        Proto graph = new Proto();
        for (int i = 0; i < depth; i++) {
            graph = new Proto().message(1, Onnx.nodeMessage("", "If", "c", "y", Onnx.graph("then_branch", graph)));
        }
        return new Proto()
                .varint(1, 8)
                .message(7, graph)
                .message(8, new Proto().string(1, "").varint(2, 17))
                .toBytes();
    }

    private static byte[] repeated(int times, Proto proto) {
        byte[] one = proto.toBytes();
        byte[] all = new byte[times * one.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = one[i % one.length];
        }
        return all;
    }

    private static byte[] ones(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) -1);
        return bytes;
    }

    private static byte[] noise() {
        byte[] bytes = new byte[4096];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
