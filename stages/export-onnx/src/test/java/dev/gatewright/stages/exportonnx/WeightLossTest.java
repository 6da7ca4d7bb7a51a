// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.sourcemodels.SourceWeights;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightLossTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1.0,          24, 'rounded to 1 significant bits, as those of bfloat16, and the source''s have 24'",
        "1.0078125,    24, 'rounded to 8 significant bits, as those of bfloat16, and the source''s have 24'",
        "1.0009765625, 24, 'rounded to 11 significant bits, as those of float16, and the source''s have 24'",
        "1.0009765625, 11, ''",
        "1.0000001,    24, ''",
        "1.0,          0,  ''",
    })
    void bitsAreCountedOnBothSides(float weight, long bits, String named) throws Exception {
        Optional<String> loss = of(new SourceWeights(0, bits), 2, weight);

        assertThat(loss.isPresent()).isEqualTo(!named.isEmpty());
        assertThat(loss.orElse("")).contains(named);
    }

    @Test
    void aModelWithoutTreesHasNotLostThem() throws Exception {
        assertThat(of(new SourceWeights(18, 0), 1, 1)).isEmpty();
    }

    private Optional<String> of(SourceWeights source, float... weights) throws Exception {
        // A vector may be the converter's own.
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "N,1")
                .floats("w", "1,2", weights)
                .floats("c", "1", 0.1f)
                .node("MatMul", "x,w", "y")
                .node("Mul", "y,c", "z")
                .output("z", Onnx.FLOAT, "N,2")
                .writeTo(folder.resolve("model.onnx"));
        ExportFolder.settle(file);
        return WeightLoss.of(ModelFile.open(file, SafetyLimits.strict()), source);
    }
}
