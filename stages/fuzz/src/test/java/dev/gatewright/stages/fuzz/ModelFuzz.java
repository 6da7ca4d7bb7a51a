// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class ModelFuzz {
    private static final Scratch FILE = new Scratch("model.onnx");

    static Stream<byte[]> seeds() {
        return Stream.of(
                Onnx.softmaxClassifier(new float[][] {{3, 0}, {0, 3}}, new float[2])
                        .metadata("gatewright.classes", "[\"a\",\"b\"]")
                        .toBytes(),
                Onnx.model()
                        .input("x", Onnx.FLOAT, "N,2")
                        .external("w", Onnx.FLOAT, "2,2", "w.bin", 0L, 16L)
                        .node("MatMul", "x,w", "y")
                        .output("y", Onnx.FLOAT, "N,2")
                        .toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 1_000)
    void isDescribedOrRefused(byte[] bytes) {
        try {
            ModelFile.open(FILE.with(bytes), SafetyLimits.strict()).description();
        } catch (RefusedModelException e) {
            Sentences.checkSeen(e.getMessage());
        }
    }
}
