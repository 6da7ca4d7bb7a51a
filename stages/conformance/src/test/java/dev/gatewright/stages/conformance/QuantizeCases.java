// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.killed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.cli.Door;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A smaller form of a model that is no good, is not what was judged, or cannot be made. */
final class QuantizeCases {
    private static final Group GROUP = Group.QUANTISED;
    private static final String FILE = "build/model.onnx";
    private static final long TABLE = 24_000_000;
    private static final String MODE = "mode: int8-dynamic";
    private static final String GATES = """
                gates:
                  - {metric: accuracy, max-degradation: 0.01}
                  - {metric: agreement, min: 0.98}
            """;

    private QuantizeCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(forms(), ladder(), models(), calibration(), disk(), chain(), spec());
    }

    private static Group.Table forms() {
        return GROUP.on(Sounds.QUANTISED)
                .add(
                        "spoilt",
                        "Integers spoil the model's answers, and no node can be left out to mend it",
                        box -> box.write(FILE, Models.layers(8, 30_000)),
                        failed(" against unquantised 0.9, a degradation of 0.5"))
                .add(
                        "spoilt-without-gates",
                        "Integers spoil the model's answers, and the stage has no gates of its own",
                        box -> {
                            box.write(FILE, Models.layers(8, 30_000));
                            box.editSpec(GATES, "    gates: []\n");
                        },
                        failed("is below min 0.8: would pass at "))
                .add(
                        "not-small-enough",
                        "The smaller form is not small enough",
                        box -> box.editSpec("{metric: agreement, min: 0.98}", "{metric: size_ratio, max: 0.01}"),
                        failed("size_ratio with unquantised "))
                .add(
                        "nothing-to-quantise",
                        "The model has no weights that could become smaller",
                        box -> box.write(FILE, Models.of("N,3", Onnx.model().node("Softmax", "x", "scores"))),
                        failed("quantised_nodes 0 is below min 1"))
                .add(
                        "all-excluded",
                        "Every node is excluded, so that the model is only copied",
                        box -> box.editSpec(MODE, MODE + "\n    exclude: [hidden, logits]"),
                        failed("quantised_nodes 0 is below min 1"))
                .add(
                        "excluded-by-a-wrong-name",
                        "A node is excluded by a name that none has",
                        box -> box.editSpec(MODE, MODE + "\n    exclude: [logit]"),
                        notEvaluated("did you mean 'logits'?"));
    }

    private static Group.Table ladder() {
        return GROUP.on(Sounds.LADDER)
                .add(
                        "last-rung-missing",
                        "The ladder lacks the one rung that passes",
                        box -> box.editSpec(", fp16]", "]"),
                        failed(" is above max-degradation 0.01"))
                .add(
                        "last-rung-too-large",
                        "The one rung whose answers are good is too large",
                        box -> box.editSpec("{metric: agreement, min: 0.98}", "{metric: size_ratio, max: 0.01}"),
                        failed("size_ratio with unquantised "));
    }

    private static Group.Table models() {
        return GROUP.on(Sounds.ONLY_QUANTISED)
                .add(
                        "model-missing",
                        "The model to quantise is missing",
                        box -> box.delete(FILE),
                        notEvaluated("model.onnx"))
                .add(
                        "weights-not-a-number",
                        "A weight is not a number",
                        box -> box.write(FILE, Models.layers(8, Float.NaN)),
                        notEvaluated("is NaN in row "))
                .add(
                        "rows-missing",
                        "The rows on which the smaller form is judged are missing",
                        box -> box.delete("data/holdout.csv"),
                        notEvaluated("holdout.csv"))
                .add(
                        "no-rows",
                        "There are no rows on which the smaller form is judged",
                        box -> box.write("data/holdout.csv", "f0,f1,f2,truth,writer\n"),
                        notEvaluated("could not be judged"));
    }

    private static Group.Table calibration() {
        return GROUP.on(Sounds.ONLY_QUANTISED.with(", by ranges that are calibrated", box -> {
                    box.editSpec(MODE, "mode: int8-static\n    calibration: {data: calibration}");
                }))
                .add(
                        "calibration-missing",
                        "The rows of the calibration are missing",
                        box -> box.delete("data/calibration.csv"),
                        notEvaluated("it could not be calibrated: "))
                .add(
                        "calibration-empty",
                        "The calibration has no rows",
                        box -> box.write("data/calibration.csv", "f0,f1,f2,truth,writer\n"),
                        notEvaluated("calibration saw no rows"))
                .add(
                        "calibration-infinite",
                        "A number of the calibration is too large for the model",
                        box -> box.append("data/calibration.csv", "3e38,3e38,3e38,a,ada\n"),
                        notEvaluated("which no integer can stand for"))
                .add(
                        "calibration-too-narrow",
                        "The calibration has fewer columns than the model takes",
                        box -> box.write("data/calibration.csv", "f0,f1,truth\n1,2,a\n"),
                        refused("takes 3 values a row"));
    }

    private static Group.Table disk() {
        return GROUP.on(Sounds.ONLY_QUANTISED)
                .add(
                        "disk-full",
                        "The disk is full when half of the smaller form is written",
                        box -> {
                            box.write(FILE, Models.withTable(TABLE));
                            box.write("build/table.bin", "");
                            try (RandomAccessFile table = new RandomAccessFile(
                                    box.path("build/table.bin").toFile(), "rw")) {
                                table.setLength(TABLE * Float.BYTES);
                            }
                            box.editSpec(MODE, "mode: fp16");
                            box.launch(QuantizeCases::onAFullDisk);
                        },
                        notEvaluated("the quantised model could not be written: "));
    }

    /** No file can grow past 40 MB: the runtime's library does not when it is unpacked, and the smaller form does. */
    private static Door.Answer onAFullDisk(Sandbox box, List<String> arguments) throws Exception {
        byte[] model = box.bytes(FILE);
        Door.Answer answer = Fork.java(
                        System.getProperty("java.class.path"), "sh", "-c", "ulimit -f 78125; exec \"$@\"", "sh")
                .run(box, arguments);
        assertThat(box.path(FILE)).hasBinaryContent(model);
        assertThat(box.path("build/table.bin")).hasSize(TABLE * Float.BYTES);
        try (Stream<Path> left = Files.walk(box.runFolder().resolve("quantize"))) {
            assertThat(left.filter(Files::isRegularFile))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("report.json", "report.md", "report.html", "junit.xml");
        }
        return answer;
    }

    private static Group.Table chain() {
        return GROUP.between(Sounds.QUANTISED.byStage())
                .add(
                        "model-changed",
                        "Another model lies there than the one that was judged",
                        box -> box.write(FILE, Models.layers(9)),
                        notEvaluated("build/model.onnx is not the file of evaluate-metrics any more: its digest was "))
                .add(
                        "rows-changed",
                        "The smaller form would be judged on other rows than the model",
                        box -> box.append("data/holdout.csv", "1.0,0.0,0.0,a,ada\n"),
                        notEvaluated("data/holdout.csv is not the file of evaluate-metrics any more: its digest was "))
                .add(
                        "killed",
                        "The program is killed while a form is made",
                        box -> {
                            box.write(FILE, box.bytes(FILE));
                            box.launch(Fork.killedWhen(".gatewright/runs/r1/quantize/forms"));
                        },
                        killed(137, "started, not finished"));
    }

    private static Group.Table spec() {
        return GROUP.on(Sounds.QUANTISED)
                .add(
                        "unknown-mode",
                        "The mode is none that there is",
                        box -> box.editSpec(MODE, "mode: int8_dynamic"),
                        refused("did you mean 'int8-dynamic'?"))
                .add(
                        "option-of-another-mode",
                        "The mode has an option of another one",
                        box -> box.editSpec(MODE, "mode: {mode: int8-dynamic, block-size: 32}"),
                        refused("int8-dynamic takes no block-size"))
                .add(
                        "not-calibrated",
                        "Ranges are to be calibrated, and no rows are named for it",
                        box -> box.editSpec(MODE, "mode: int8-static"),
                        refused("int8-static needs rows"))
                .add(
                        "rows-twice",
                        "The stage names rows of its own beside those of evaluate-metrics",
                        box -> box.editSpec(MODE, "data: holdout\n    " + MODE),
                        refused("remove data"))
                .add(
                        "of-predictions",
                        "Predictions are judged, so that nothing can be asked of the smaller form",
                        box -> {
                            box.write("data/predictions.csv", Rows.predictions());
                            box.editSpec(
                                    "    data: holdout\n",
                                    "    predictions: {path: data/predictions.csv, label: truth, prediction: predicted}\n");
                        },
                        refused("predictions are judged here"));
    }
}
