// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.validation.evaluation.OutputParity;
import dev.gatewright.validation.evaluation.Parity;
import dev.gatewright.validation.evaluation.Steadiness;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefectsTest {
    @TempDir
    private Path folder;

    @Test
    void eachThingThatIsWrongIsOneSentence() throws Exception {
        ExportOnnxSection section = section(20, ExportOnnxSection.Batch.OPEN);
        OutputParity broken = new OutputParity(
                "q", true, 0, Double.NaN, Double.NaN, Double.NaN, 0, List.of(), List.of(), "output 'q' is missing");
        OutputParity whole = new OutputParity("p", true, 1, 9, 9, 9, 1, List.of(), List.of(), null);

        List<String> found = new Defects()
                .form(section, model().description(), null)
                .outputs(new Parity(1, List.of(whole, broken), List.of("more"), List.of()))
                .batches(section, new Steadiness(8, 0, 0, 8, List.of()))
                .batches(section, new Steadiness(64, 0, 0, 0, List.of("it does not run with 7 rows")))
                .found();

        assertThat(found)
                .satisfiesExactly(
                        opset -> assertThat(opset).matches("its operator set is \\d+, and the spec asks for 20"),
                        output -> assertThat(output).isEqualTo("output 'q' is missing"),
                        batch -> assertThat(batch).startsWith("it takes batches of 8 and no others; "),
                        run -> assertThat(run).isEqualTo("it does not run with 7 rows"));
    }

    @Test
    void whatTheSpecAllowsIsNoDefect() throws Exception {
        ExportOnnxSection section = section(0, ExportOnnxSection.Batch.FIXED);

        assertThat(new Defects()
                        .form(section, model().description(), null)
                        .batches(section, new Steadiness(8, 0, 0, 8, List.of()))
                        .found())
                .isEmpty();
    }

    private ModelFile model() throws IOException {
        Path file = ExportFolder.right().writeTo(folder.resolve("model.onnx"));
        ExportFolder.settle(file);
        return ModelFile.open(file, SafetyLimits.strict());
    }

    private static ExportOnnxSection section(int opset, ExportOnnxSection.Batch batch) {
        return new ExportOnnxSection(new Place("gatewright.yaml", 1, 1), null, opset, batch, List.of());
    }
}
