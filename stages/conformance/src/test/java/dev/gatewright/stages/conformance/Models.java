// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Small ONNX models over three features. */
final class Models {
    private static final float[][] GOOD = {{3, 0, 0}, {0, 3, 0}, {0, 0, 3}};
    private static final float[] NO_BIAS = {0, 0, 0};

    private Models() {}

    /** The largest feature tells the class. */
    static byte[] good() {
        return Onnx.softmaxClassifier(GOOD, NO_BIAS).toBytes();
    }

    /** It takes what is class b for class a. */
    static byte[] worse() {
        return Onnx.softmaxClassifier(new float[][] {{3, 0, 0}, {3, 0, 0}, {0, 0, 3}}, NO_BIAS)
                .toBytes();
    }

    /** It answers class c only, and no row is right where c does not occur. */
    static byte[] constant(float a, float b, float c) {
        return Onnx.softmaxClassifier(new float[3][3], new float[] {a, b, c}).toBytes();
    }

    /** As good, with a little less weight on class b: it decides close rows for a. */
    static byte[] shifted() {
        return Onnx.softmaxClassifier(new float[][] {{3, 0, 0}, {0, 2, 0}, {0, 0, 3}}, NO_BIAS)
                .toBytes();
    }

    /** Gives its features and classes the names of these JSON texts. */
    static byte[] named(String features, String classes) {
        return Onnx.softmaxClassifier(GOOD, NO_BIAS)
                .metadata("gatewright.features", features)
                .metadata("gatewright.classes", classes)
                .toBytes();
    }

    /** A model whose graph is {@code x} [N,3], this node, {@code scores}. */
    static byte[] of(String outputShape, Onnx graph) {
        return graph.input("x", Onnx.FLOAT, "N,3")
                .output("scores", Onnx.FLOAT, outputShape)
                .toBytes();
    }

    /** The strongest of the three colours of an image of one pixel tells the class. */
    static byte[] ofPixels() {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3,1,1")
                .node("Flatten", "x", "row")
                .node("Softmax", "row", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,3")
                .toBytes();
    }

    /** As good, of two products, the second over {@code hidden} values. */
    static byte[] layers(int hidden) {
        return layers(hidden, 0);
    }

    /**
     * The same with one number beside that no answer depends on, and that integers cannot hold together with the others: {@code
     * outlier} comes out of the first product and counts for nothing in the second.
     */
    static byte[] layers(int hidden, float outlier) {
        float[] first = new float[3 * hidden];
        float[] second = new float[hidden * 3];
        for (int k = 0; k < 3; k++) {
            first[k * hidden + k] = 3;
            first[k * hidden + 3] = outlier;
            second[k * 3 + k] = 1;
        }
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("first", "3," + hidden, first)
                .floats("second", hidden + ",3", second)
                .node("MatMul", "x,first", "hidden")
                .node("MatMul", "hidden,second", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,3")
                .toBytes();
    }

    /** As good, with a table of {@code rows} numbers in {@code table.bin} beside it, whose first one counts. */
    static byte[] withTable(long rows) {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("weights", "3,3", 3, 0, 0, 0, 3, 0, 0, 0, 3)
                .longs("first", "1", 0)
                .external("table", Onnx.FLOAT, Long.toString(rows), "table.bin", 0L, rows * Float.BYTES)
                .node("MatMul", "x,weights", "product")
                .node("Gather", "table,first", "shift")
                .node("Add", "product,shift", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,3")
                .toBytes();
    }

    static byte[] withExternalWeights() {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .external("weights", Onnx.FLOAT, "3,3", "weights.bin", 0L, 36L)
                .node("MatMul", "x,weights", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,3")
                .toBytes();
    }

    static byte[] weightBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : GOOD) {
            for (float weight : row) {
                bytes.putFloat(weight);
            }
        }
        return bytes.array();
    }

    /** The digest of a model in a single file. */
    static String digest(byte[] model) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
