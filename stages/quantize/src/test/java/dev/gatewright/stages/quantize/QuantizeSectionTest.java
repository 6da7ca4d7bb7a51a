// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.validation.quantization.CalibrationMethod;
import dev.gatewright.validation.quantization.DynamicInt8;
import dev.gatewright.validation.quantization.Float16;
import dev.gatewright.validation.quantization.Ranges;
import dev.gatewright.validation.quantization.StaticInt8;
import dev.gatewright.validation.quantization.WeightOnly;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizeSectionTest {
    private QuantizeFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) throws Exception {
        folder = new QuantizeFolder(path).writeModel();
    }

    @Test
    void readsModesWithTheirOptions() throws Exception {
        folder.keys("data: holdout, calibration: {data: calibration}");
        QuantizeSection section = read(
                "[int8-static, {mode: int8-static, symmetric: true, calibration-method: percentile,"
                        + " percentile: 99.9, exact: true}, int8-dynamic, {mode: int8-dynamic, per-channel: true, reduce-range: true}, fp16,"
                        + " {mode: fp16, keep: [Softmax, LayerNormalization]}, int8, {mode: int4, block-size: 64, symmetric: false}]");

        assertThat(section.rungs())
                .extracting(Rung::uncalibrated)
                .containsExactly(
                        new StaticInt8(false, false, false, new Ranges(Map.of())),
                        new StaticInt8(false, false, true, new Ranges(Map.of())),
                        new DynamicInt8(false, false),
                        new DynamicInt8(true, true),
                        new Float16(Set.of()),
                        new Float16(Set.of("Softmax", "LayerNormalization")),
                        new WeightOnly(8, 32, true),
                        new WeightOnly(4, 64, false));
        assertThat(section.rungs())
                .extracting(Rung::spelling)
                .containsExactly(
                        "int8-static",
                        "int8-static (symmetric true, calibration-method percentile, percentile 99.9, exact true)",
                        "int8-dynamic",
                        "int8-dynamic (per-channel true, reduce-range true)",
                        "fp16",
                        "fp16 (keep LayerNormalization, Softmax)",
                        "int8",
                        "int4 (symmetric false, block-size 64)");
        assertThat(section.rungs().get(0).finding())
                .isEqualTo(new Rung.Finding(CalibrationMethod.MINMAX, 99.999, false));
        assertThat(section.rungs().get(1).finding())
                .isEqualTo(new Rung.Finding(CalibrationMethod.PERCENTILE, 99.9, true));
        assertThat(section.calibration().samples()).isEqualTo(512);
        assertThat(section.trials()).isEqualTo(20);
    }

    @Test
    void takesOneModeWithoutBrackets() throws Exception {
        assertThat(read("{mode: int4}").rungs()).extracting(Rung::mode).containsExactly(Mode.INT4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int9|'int9' is not one of int8-static, int8-dynamic",
                "int8-static|int8-static needs rows that show what flows through the model",
                "{mode: int8-static, percentile: 99}|minmax takes no percentile",
                "{mode: int8-static, exact: true}|minmax is exact in one pass; remove exact",
                "{mode: int8-static, calibration-method: absolute-percentile, exact: true}|absolute-percentile counts in one pass; remove exact",
                "{mode: int8-static, calibration-method: percentile, percentile: 100}|is not a number above 50 and below 100",
                "[]|the list is empty",
                "{mode: fp16, per-channel: true}|fp16 takes no per-channel; remove it",
                "{mode: int8-dynamic, block-size: 32}|int8-dynamic takes no block-size; remove it",
                "{mode: int4, keep: [Softmax]}|int4 takes no keep; remove it",
                "{mode: int4, block-size: 48}|'48' is not one of 16, 32, 64, 128, 256",
                "{mode: int8-dynamic, per-channel: \"true\"}|is not true or false",
                "{mode: int4, blocksize: 64}|a mode has no key 'blocksize'; did you mean 'block-size'?",
                "[int4, {mode: int4, block-size: 32}]|int4 (block-size 32) stands twice in the ladder",
            })
    void refusesWhatFitsNoMode(String mode, String said) {
        assertThatThrownBy(() -> read(mode))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(said);
    }

    @Test
    void calibratesOnlyWhatIsCalibrated() throws Exception {
        folder.keys("data: holdout, calibration: {data: calibration}");
        assertThatThrownBy(() -> read("int4"))
                .hasMessageContaining("no mode of this ladder is calibrated; remove calibration");

        folder.keys("data: holdout, calibration: {data: calibratoin}");
        assertThat(QuantizeFolder.found(folder.ladder("int8-static")))
                .singleElement()
                .asString()
                .startsWith("data has no 'calibratoin'; did you mean 'calibration'?");
    }

    @Test
    void needsRowsToJudgeOn() throws Exception {
        assertThat(QuantizeFolder.found(folder.keys("").ladder("int4")))
                .containsExactly(
                        "quantize judges what it makes, and neither a stage evaluate-metrics nor the key 'data' says on"
                                + " which rows => data: holdout");
        assertThat(QuantizeFolder.found(folder.keys("data: holdot").ladder("int4")))
                .singleElement()
                .asString()
                .startsWith("data has no 'holdot'; did you mean 'holdout'?");
    }

    @Test
    void needsAModelThatIsOnnxByThen() throws Exception {
        folder.model("source: {kind: command, command: sh source.sh}");
        assertThat(QuantizeFolder.found(folder.ladder("int4")))
                .containsExactly(
                        "quantize makes an ONNX model smaller, and the spec's model is a source that no stage"
                                + " makes ONNX of; put export-onnx before it => export-onnx: {gates: [{metric: max_absolute_difference, max: 0.001}]}");
    }

    @Test
    void holdsItsGatesAgainstTheModelAndWhatItCanCompareWith() throws Exception {
        folder.gates("[{metric: rmse, max: 1}, {metric: accuracy, max-degradation: 0.01, against: source},"
                + " {metric: agreement, max-degradation: 0.1}]");

        List<String> found = QuantizeFolder.found(folder.ladder("int4"));

        assertThat(found).hasSize(3);
        assertThat(found.get(0)).startsWith("rmse does not fit a multiclass-classification");
        assertThat(found.get(1))
                .isEqualTo("this stage cannot compare with 'source'; known: unquantised => against: unquantised");
        assertThat(found.get(2)).isEqualTo("agreement is itself a comparison of two models; write min");
    }

    private QuantizeSection read(String mode) throws Exception {
        StagePlan<?> plan = folder.ladder(mode).spec().stages().get(0);
        return (QuantizeSection) plan.section();
    }
}
