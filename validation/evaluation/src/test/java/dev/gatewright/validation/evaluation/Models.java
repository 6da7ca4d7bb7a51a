// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.file.Path;

/** Models for {@link LabelledRows}. */
final class Models {
    private Models() {}

    /** The softmax of the three numbers; {@code batch} is the batch axis, a number or a name. */
    static Path largest(Path folder, String batch) {
        return Onnx.model()
                .input("x", Onnx.FLOAT, batch + ",3")
                .node("Softmax", "x", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, batch + ",3")
                .writeTo(folder.resolve("largest-" + batch + ".onnx"));
    }

    /** The same after {@code favour} thousandths are added to the last class's number. */
    static Path favouring(Path folder, int favour) {
        return favouring("N", favour).writeTo(folder.resolve("favouring-" + favour + ".onnx"));
    }

    static Onnx favouring(String batch, int favour) {
        return Onnx.model()
                .input("x", Onnx.FLOAT, batch + ",3")
                .floats("favour", "3", 0, 0, favour / 1000f)
                .node("Add", "x,favour", "logits")
                .node("Softmax", "logits", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, batch + ",3");
    }

    /** A model that answers NaN where a row's first number is below {@code limit}: the root of a negative number. */
    static Path notANumberBelow(Path folder, float limit) {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("limit", "3", limit, -1e6f, -1e6f)
                .node("Sub", "x,limit", "shifted")
                .node("Sqrt", "shifted", "roots")
                .node("Softmax", "roots", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("not-a-number.onnx"));
    }

    /** A model that never answers: a loop without an end. */
    static Path endless(Path folder) {
        Proto body = new Proto()
                .message(1, Onnx.nodeMessage("", "Identity", "go", "go_on"))
                .message(1, Onnx.nodeMessage("", "Add", "value,value", "next"))
                .string(2, "body")
                .message(11, Onnx.tensorValue("turn", Onnx.INT64, ""))
                .message(11, Onnx.tensorValue("go", Onnx.BOOL, ""))
                .message(11, Onnx.tensorValue("value", Onnx.FLOAT, "N,3"))
                .message(12, Onnx.tensorValue("go_on", Onnx.BOOL, ""))
                .message(12, Onnx.tensorValue("next", Onnx.FLOAT, "N,3"));
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .longs("turns", "", Long.MAX_VALUE)
                .initializer(Onnx.tensor("yes", Onnx.BOOL, "").bytes(9, new byte[] {1}))
                .node("Loop", "turns,yes,x", "scores", Onnx.graph("body", body))
                .output("scores", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("endless.onnx"));
    }
}
