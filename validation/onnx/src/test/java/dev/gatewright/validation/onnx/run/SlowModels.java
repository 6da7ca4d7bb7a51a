// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.file.Path;

/** Models of one float in and one out that take long or much. */
final class SlowModels {
    private SlowModels() {}

    /** A model that never answers: a loop without an end. */
    static Path endless(Path folder) {
        Proto body = new Proto()
                .message(1, Onnx.nodeMessage("", "Identity", "go", "go_on"))
                .message(1, Onnx.nodeMessage("", "Add", "value,value", "next"))
                .string(2, "body")
                .message(11, Onnx.tensorValue("turn", Onnx.INT64, ""))
                .message(11, Onnx.tensorValue("go", Onnx.BOOL, ""))
                .message(11, Onnx.tensorValue("value", Onnx.FLOAT, "N,1"))
                .message(12, Onnx.tensorValue("go_on", Onnx.BOOL, ""))
                .message(12, Onnx.tensorValue("next", Onnx.FLOAT, "N,1"));
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,1")
                .longs("turns", "", Long.MAX_VALUE)
                .initializer(Onnx.tensor("yes", Onnx.BOOL, "").bytes(9, new byte[] {1}))
                .node("Loop", "turns,yes,x", "y", Onnx.graph("body", body))
                .output("y", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve("endless.onnx"));
    }

    /** A model that needs {@code 256 × width} bytes for a batch. */
    static Path wide(Path folder, long width) {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,1")
                .longs("shape", "2", 1, width)
                .node("Expand", "x,shape", "wide")
                .node("Exp", "wide", "raised")
                .longs("axes", "1", 1)
                .node("ReduceSum", "raised,axes", "y")
                .output("y", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve("wide.onnx"));
    }
}
