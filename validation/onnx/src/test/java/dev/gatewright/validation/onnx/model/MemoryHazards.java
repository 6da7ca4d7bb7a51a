// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.DOUBLE;
import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;
import static dev.gatewright.validation.testkit.onnx.Onnx.INT64;
import static dev.gatewright.validation.testkit.onnx.Onnx.nodeMessage;
import static dev.gatewright.validation.testkit.onnx.Onnx.tensor;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small files that would make the runtime allocate without measure: more than 4 GiB by what they themselves say. */
final class MemoryHazards {
    private static final long TERA = 1L << 40;

    private MemoryHazards() {}

    static List<Hazard> all() {
        List<Hazard> all = new ArrayList<>();
        stored(all);
        declared(all);
        shapes(all);
        factors(all);
        hidingPlaces(all);
        return all;
    }

    private static void stored(List<Hazard> all) {
        all.add(Hazard.files(
                "external data of 5 GiB in a hole of a file",
                Refusal.TOO_MUCH_MEMORY,
                folder -> hole(folder, 1 << 20),
                folder -> hole(folder, 5L << 28)));
        all.add(Hazard.files(
                "five tensors of 1 GiB, the same bytes each",
                Refusal.TOO_MUCH_MEMORY,
                folder -> hole(folder, 1 << 28, 1 << 28),
                folder -> hole(folder, 1 << 28, 1 << 28, 1 << 28, 1 << 28, 1 << 28)));
        all.add(Hazard.model(
                        "initializer above a small limit",
                        Refusal.TOO_MUCH_MEMORY,
                        Models.withInitializer(Models.zeros(tensor("w", FLOAT, "4"), 16)),
                        Models.withInitializer(Models.zeros(tensor("w", FLOAT, "5"), 20)))
                .within(SafetyLimits.strict().withMemoryBytes(16)));
        all.add(Hazard.model(
                        "text above a small limit, with what its strings take",
                        Refusal.TOO_MUCH_MEMORY,
                        Models.withInitializer(tensor("w", Onnx.STRING, "1").string(6, "12")),
                        Models.withInitializer(tensor("w", Onnx.STRING, "1").string(6, "123")))
                .within(SafetyLimits.strict().withMemoryBytes(34)));
    }

    private static void declared(List<Hazard> all) {
        for (String shape : List.of("1099511627776", "1048576,1048576", "4294967296,4294967296,4294967296")) {
            all.add(relu(
                    "input of the shape [" + shape + "]",
                    g -> g.input("v", FLOAT, "4"),
                    g -> g.input("v", FLOAT, shape)));
        }
        all.add(relu(
                "output of a terabyte",
                g -> g.node("Abs", "x", "v").output("v", FLOAT, "N,4"),
                g -> g.node("Abs", "x", "v").output("v", FLOAT, "N," + TERA)));
        all.add(value("value of a terabyte", type(FLOAT, TERA)));
        all.add(value(
                "sequence of tensors of a terabyte",
                new Proto().message(4, new Proto().message(1, type(FLOAT, TERA)))));
        all.add(value(
                "optional tensor of a terabyte", new Proto().message(9, new Proto().message(1, type(FLOAT, TERA)))));
        all.add(value(
                "map to tensors of a terabyte",
                new Proto().message(5, new Proto().varint(1, INT64).message(2, type(FLOAT, TERA)))));
        Proto sparse = new Proto().message(8, new Proto().varint(1, FLOAT).message(2, shape(TERA)));
        all.add(value("sparse tensor of a terabyte", sparse));
    }

    private static void shapes(List<Hazard> all) {
        operator(all, "ConstantOfShape", "shape", 2, TERA);
        operator(all, "Expand", "x,shape", 2, TERA);
        operator(all, "CenterCropPad", "x,shape", 2, TERA);
        operator(all, "Col2Im", "x,shape,shape", 2, TERA);
        operator(all, "MaxUnpool", "x,x,shape", 2, TERA);
        operator(all, "AffineGrid", "x,shape", 2, TERA);
        operator(all, "Resize", "x,,,shape", 2, TERA);
        operator(all, "HannWindow", "shape", 2, TERA);
        operator(all, "HammingWindow", "shape", 2, TERA);
        operator(all, "BlackmanWindow", "shape", 2, TERA);
        for (String operator : List.of("RandomNormal", "RandomUniform")) {
            all.add(relu(
                    operator + " of a terabyte",
                    g -> g.node(operator, "", "z", Onnx.integers("shape", 2, 2)),
                    g -> g.node(operator, "", "z", Onnx.integers("shape", 1 << 20, 1 << 20))));
        }
        all.add(relu(
                "Multinomial of a terabyte",
                g -> g.node("Multinomial", "x", "z", Onnx.integer("sample_size", 2)),
                g -> g.node("Multinomial", "x", "z", Onnx.integer("sample_size", TERA))));
        all.add(relu(
                "ConstantOfShape that only doubles take past the limit",
                g -> g.longs("shape", "1", 1L << 30).node("ConstantOfShape", "shape", "z"),
                g -> g.longs("shape", "1", 1L << 30)
                        .node(
                                "ConstantOfShape",
                                "shape",
                                "z",
                                Models.tensorAttribute("value", Models.zeros(tensor("", DOUBLE, "1"), 8)))));
        all.add(relu(
                "ConstantOfShape of 2^186 elements",
                g -> g.longs("shape", "3", 2, 2, 2).node("ConstantOfShape", "shape", "z"),
                g -> g.longs("shape", "3", 1L << 62, 1L << 62, 1L << 62).node("ConstantOfShape", "shape", "z")));
    }

    private static void factors(List<Hazard> all) {
        operator(all, "Tile", "x,shape", 2, TERA);
        operator(all, "OneHot", "x,shape,x", 2, TERA);
        all.add(relu(
                "Tile of a declared input past the limit",
                g -> g.input("v", FLOAT, "1048576").longs("r", "1", 2).node("Tile", "v,r", "z"),
                g -> g.input("v", FLOAT, "1048576").longs("r", "1", 1 << 20).node("Tile", "v,r", "z")));
        all.add(relu(
                "Expand that broadcasts an input past the limit",
                g -> g.input("v", FLOAT, "1048576,1").longs("s", "2", 1, 2).node("Expand", "v,s", "z"),
                g -> g.input("v", FLOAT, "1048576,1")
                        .longs("s", "2", 1, 1 << 20)
                        .node("Expand", "v,s", "z")));
        range(all, "Range of integers", constant(INT64, 0), constant(INT64, TERA), constant(INT64, 1));
        range(all, "Range of floats", real(0), real(1e12f), real(1));
        range(all, "Range downwards", real(1e12f), real(0), real(-1));
        range(all, "Range in tiny steps", real(0), real(1), real(1e-12f));
        range(all, "Range in steps of zero", real(0), real(1), real(0));
        range(all, "Range to infinity", real(0), real(Float.POSITIVE_INFINITY), real(1));
        range(all, "Range to no number", real(0), real(Float.NaN), real(1));
        all.add(relu(
                "Resize by a large scale",
                g -> g.floats("s", "2", 1, 2).node("Resize", "x,,s", "z"),
                g -> g.floats("s", "2", 1, 1e12f).node("Resize", "x,,s", "z")));
        all.add(relu(
                "Resize of version 10 by a large scale",
                g -> g.floats("s", "2", 1, 2).node("Resize", "x,s", "z"),
                g -> g.floats("s", "2", 1, 1e12f).node("Resize", "x,s", "z")));
        all.add(relu(
                "Upsample by a large scale",
                g -> g.floats("s", "2", 1, 2).node("Upsample", "x,s", "z"),
                g -> g.floats("s", "2", 1, 1e12f).node("Upsample", "x,s", "z")));
        all.add(relu(
                "Upsample by a large scale in an attribute",
                g -> g.node("Upsample", "x", "z", floats("scales", 1, 2)),
                g -> g.node("Upsample", "x", "z", floats("scales", 1, 1e12f))));
        all.add(relu(
                "Pad by a terabyte",
                g -> g.longs("p", "4", 0, 0, 0, 2).node("Pad", "x,p", "z"),
                g -> g.longs("p", "4", 0, 0, 0, TERA).node("Pad", "x,p", "z")));
        all.add(relu(
                "Pad by a terabyte in an attribute",
                g -> g.node("Pad", "x", "z", Onnx.integers("pads", 0, 0, 0, 2)),
                g -> g.node("Pad", "x", "z", Onnx.integers("pads", 0, 0, 0, TERA))));
        all.add(relu(
                "Pad of a chosen axis by a terabyte",
                g -> g.longs("p", "2", 0, 2).longs("axes", "1", 1).node("Pad", "x,p,,axes", "z"),
                g -> g.longs("p", "2", 0, TERA).longs("axes", "1", 1).node("Pad", "x,p,,axes", "z")));
        all.add(relu(
                "Pad of a value without a shape by a terabyte",
                g -> g.node("Abs", "x", "v").longs("p", "4", 0, 0, 0, 2).node("Pad", "v,p", "z"),
                g -> g.node("Abs", "x", "v").longs("p", "4", 0, 0, 0, TERA).node("Pad", "v,p", "z")));
    }

    /** The same bomb, its shape written in every way that a model can write a constant. */
    private static void hidingPlaces(List<Hazard> all) {
        all.add(bomb(
                "typed data",
                size -> Models.relu().initializer(tensor("shape", INT64, "1").varint(7, size))));
        all.add(bomb(
                "packed typed data",
                size -> Models.relu()
                        .initializer(tensor("shape", INT64, "1")
                                .bytes(7, new Proto().rawVarint(size).toBytes()))));
        all.add(bomb(
                "int32 data",
                size -> Models.relu()
                        .initializer(tensor("shape", Onnx.INT32, "2")
                                .varint(5, Math.min(size, 1 << 20))
                                .varint(5, size >> 20))));
        all.add(bomb(
                "a Constant node's tensor",
                size -> Models.relu()
                        .node("Constant", "", "shape", Models.tensorAttribute("value", constant(INT64, size)))));
        all.add(bomb(
                "a Constant node's list of integers",
                size -> Models.relu().node("Constant", "", "shape", Onnx.integers("value_ints", size))));
        all.add(bomb(
                "a Constant node's integer",
                size -> Models.relu().node("Constant", "", "shape", Onnx.integer("value_int", size))));
        all.add(bomb(
                "an initializer that is also an input",
                size -> Models.relu().input("shape", INT64, "1").longs("shape", "1", size)));
        all.add(Hazard.files(
                "ConstantOfShape whose shape is external data",
                Refusal.TOO_MUCH_MEMORY,
                folder -> externalShape(folder, 2),
                folder -> externalShape(folder, TERA)));
        Proto inside = nodeMessage("", "ConstantOfShape", "shape", "a");
        all.add(relu(
                "ConstantOfShape in a subgraph whose shape lies outside",
                g -> g.longs("shape", "1", 2)
                        .node("If", "x", "z", Onnx.graph("then_branch", Models.branch("out", inside))),
                g -> g.longs("shape", "1", TERA)
                        .node("If", "x", "z", Onnx.graph("then_branch", Models.branch("out", inside)))));
        all.add(Hazard.bytes(
                "ConstantOfShape in a function", Refusal.TOO_MUCH_MEMORY, functionBomb(2), functionBomb(TERA)));
    }

    private interface Bomb {
        Onnx of(long size);
    }

    private static Hazard bomb(String name, Bomb bomb) {
        return Hazard.model(
                "ConstantOfShape whose shape is " + name,
                Refusal.TOO_MUCH_MEMORY,
                bomb.of(2).node("ConstantOfShape", "shape", "z"),
                bomb.of(TERA).node("ConstantOfShape", "shape", "z"));
    }

    private static byte[] functionBomb(long size) {
        Proto function = Models.function(
                "local",
                "F",
                nodeMessage("", "Constant", "", "shape", Onnx.integers("value_ints", size)),
                nodeMessage("", "ConstantOfShape", "shape", "b"));
        return Models.withFunctions(nodeMessage("local", "F", "x", "z"), function)
                .toBytes();
    }

    private static Path externalShape(Path folder, long size) throws java.io.IOException {
        Files.write(
                folder.resolve("weights"),
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(size)
                        .array());
        return Models.relu()
                .external("shape", INT64, "1", "weights", 0L, 8L)
                .node("ConstantOfShape", "shape", "z")
                .writeTo(folder.resolve("model.onnx"));
    }

    private static Path hole(Path folder, long... floats) throws java.io.IOException {
        Onnx model = Models.relu();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("weights").toFile(), "rw")) {
            for (int i = 0; i < floats.length; i++) {
                file.setLength(4 * floats[i]);
                model.external("w" + i, FLOAT, "" + floats[i], "weights", 0L, 4 * floats[i]);
            }
        }
        return model.writeTo(folder.resolve("model.onnx"));
    }

    private interface More {
        Onnx to(Onnx relu);
    }

    private static Hazard relu(String name, More sound, More hostile) {
        return Hazard.model(name, Refusal.TOO_MUCH_MEMORY, sound.to(Models.relu()), hostile.to(Models.relu()));
    }

    private static void operator(List<Hazard> all, String operator, String inputs, long sound, long hostile) {
        all.add(relu(
                operator + " of a terabyte",
                g -> g.longs("shape", "1", sound).node(operator, inputs, "z"),
                g -> g.longs("shape", "1", hostile).node(operator, inputs, "z")));
    }

    private static void range(List<Hazard> all, String name, Proto start, Proto limit, Proto delta) {
        all.add(relu(name, g -> range(g, real(0), real(3), real(1)), g -> range(g, start, limit, delta)));
    }

    private static Onnx range(Onnx graph, Proto start, Proto limit, Proto delta) {
        String[] names = {"start", "limit", "delta"};
        Proto[] values = {start, limit, delta};
        for (int i = 0; i < names.length; i++) {
            graph.node("Constant", "", names[i], Models.tensorAttribute("value", values[i]));
        }
        return graph.node("Range", "start,limit,delta", "z");
    }

    private static Proto constant(int type, long value) {
        return tensor("", type, "1").varint(7, value);
    }

    private static Proto real(float value) {
        return tensor("", FLOAT, "").float32(4, value);
    }

    private static Proto floats(String name, float... values) {
        Proto attribute = new Proto().string(1, name);
        for (float value : values) {
            attribute.float32(7, value);
        }
        return attribute.varint(20, 6);
    }

    private static Hazard value(String name, Proto type) {
        return Hazard.bytes(
                name,
                Refusal.TOO_MUCH_MEMORY,
                Models.model(Models.reluGraph()).toBytes(),
                Models.model(Models.reluGraph()
                                .message(13, new Proto().string(1, "v").message(2, type)))
                        .toBytes());
    }

    private static Proto type(int element, long size) {
        return new Proto().message(1, new Proto().varint(1, element).message(2, shape(size)));
    }

    private static Proto shape(long size) {
        return new Proto().message(1, new Proto().varint(1, size));
    }
}
