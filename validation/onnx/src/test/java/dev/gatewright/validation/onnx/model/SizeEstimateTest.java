// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.io.TempDir;

class SizeEstimateTest {
    private static final String[] OPERATORS = {
        "AffineGrid",
        "BlackmanWindow",
        "CenterCropPad",
        "Col2Im",
        "Constant",
        "ConstantFill",
        "ConstantOfShape",
        "Expand",
        "GivenTensorFill",
        "HammingWindow",
        "HannWindow",
        "MaxUnpool",
        "Multinomial",
        "OneHot",
        "Pad",
        "RandomNormal",
        "RandomUniform",
        "Range",
        "Resize",
        "Tile",
        "Upsample",
    };

    @TempDir
    private Path folder;

    /** Operands may be missing, empty, of any type and any rank: the estimate knows less then, and never fails. */
    @Seeded(cases = 40)
    void toleratesAnyOperands(Gen gen) {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Onnx model = Models.relu()
                    .longs("long", "1", gen.anyLong())
                    .longs("longs", "3", gen.anyLong(), gen.integer(-2, 9), gen.anyLong())
                    .longs("none", "0")
                    .floats("real", "", gen.oneOf(Float.NaN, -1f, 0f, 1f, 1e30f))
                    .floats("reals", "2", 0, Float.NEGATIVE_INFINITY)
                    .initializer(Onnx.tensor("text", Onnx.STRING, "1").string(6, "1"))
                    .node("Constant", "", "empty", Onnx.integers("value_ints"));
            StringJoiner inputs = new StringJoiner(",");
            for (int input = gen.integer(0, 5); input > 0; input--) {
                inputs.add(gen.oneOf("", "x", "long", "longs", "none", "real", "reals", "text", "empty"));
            }
            Proto attribute = Onnx.integers(
                    gen.oneOf("shape", "pads", "scales", "sample_size", "value"),
                    gen.listOf(gen.integer(0, 5), gen::anyLong).stream()
                            .mapToLong(Long::longValue)
                            .toArray());
            model.node(gen.oneOf(OPERATORS), inputs.toString(), "z", attribute);
            files.add(model.writeTo(folder.resolve("model" + i + ".onnx")));
        }
        for (Path file : files) {
            RefusedModelException refusal = Bounds.refusal(file, SafetyLimits.strict());
            if (refusal != null) {
                assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(Refusal.TOO_MUCH_MEMORY);
            }
        }
    }
}
