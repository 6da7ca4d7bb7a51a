// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.onnx.graph.UnchangeableModelException;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken models that pass the reader's checks are quantised or refused with a sentence, and never end otherwise. */
class MutatedModelTest {
    private static final int MUTANTS = 200;

    @TempDir
    Path folder;

    @Test
    void areQuantisedOrRefused() throws Exception {
        byte[] whole = Files.readAllBytes(model());
        Gen gen = new Gen(20_261_130);
        int opened = 0;
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = Arrays.copyOf(whole, whole.length);
            for (int change = gen.integer(1, 3); change > 0; change--) {
                mutant[gen.integer(0, mutant.length - 1)] = (byte) gen.integer(0, 255);
            }
            Path file = Files.write(folder.resolve("mutant.onnx"), mutant);
            ModelFile model;
            try {
                model = ModelFile.open(file, SafetyLimits.strict().withMemoryBytes(64 << 20));
            } catch (RefusedModelException e) {
                continue;
            }
            opened++;
            for (Scheme scheme : QuantizerTest.schemes()) {
                refused += isRefused(model, scheme) ? 1 : 0;
            }
        }
        assertThat(opened).isGreaterThan(MUTANTS / 10);
        assertThat(refused).isPositive();
    }

    private boolean isRefused(ModelFile model, Scheme scheme) throws InterruptedException, IOException {
        try {
            QuantizedModel made = Quantizer.quantize(model, scheme, Set.of(), folder.resolve("made.onnx"));
            ModelFile.open(made.path(), SafetyLimits.strict());
            return false;
        } catch (UnquantizableModelException | UnchangeableModelException | RefusedModelException e) {
            assertThat(e.getMessage()).isNotBlank();
            return true;
        } catch (EOFException e) {
            return true;
        }
    }

    /** A little of everything that a scheme takes. */
    private Path model() {
        float[] some = new float[64];
        for (int i = 0; i < some.length; i++) {
            some[i] = (i % 7 - 3) / 4f;
        }
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,1,4,4")
                .input("ids", Onnx.INT64, "N,2")
                .floats("kernels", "2,1,3,3", Arrays.copyOf(some, 18))
                .floats("bias", "2", 0.5f, -0.5f)
                .floats("a", "32,2", some)
                .floats("table", "4,2", Arrays.copyOf(some, 8))
                .floats("w", "1,8,2", Arrays.copyOf(some, 16))
                .floats("r", "1,8,2", Arrays.copyOf(some, 16))
                .node("Conv", "x,kernels,bias", "c", Onnx.integers("pads", 1, 1, 1, 1))
                .node("Relu", "c", "active")
                .node("Flatten", "active", "flat")
                .node("Gemm", "flat,a,bias", "y", Onnx.integer("transB", 0))
                .node("Gather", "table,ids", "words")
                .node("LSTM", "words,w,r", "states", Onnx.integer("hidden_size", 2))
                .output("y", Onnx.FLOAT, "N,2")
                .output("states", Onnx.FLOAT, "N,1,2,2")
                .writeTo(folder.resolve("whole.onnx"));
    }

    @Test
    void theWholeModelIsQuantisedByEachScheme() throws Exception {
        ModelFile model = ModelFile.open(model(), SafetyLimits.strict());
        for (Scheme scheme :
                List.of(new DynamicInt8(true, false), new WeightOnly(4, 16, false), new Float16(Set.of()))) {
            assertThat(Quantizer.quantize(model, scheme, Set.of(), folder.resolve("made.onnx"))
                            .nodes())
                    .isNotEmpty();
        }
    }
}
