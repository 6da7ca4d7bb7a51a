// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.EVALUATE_METRICS;
import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.util.stream.Stream;

/** A source that cannot be asked, and an export that succeeds and is wrong. */
final class ExportCases {
    private static final Group GROUP = Group.EXPORTED;
    private static final String EXPORTED = "build/exported.onnx";
    private static final String SCRIPT = "source.sh";
    private static final String GATES = """
                gates:
                  - {metric: tolerance, max: 0.0001}
                  - {metric: agreement, min: 0.99}
            """;

    private ExportCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(exports(), sources(), chain(), spec());
    }

    private static Group.Table exports() {
        return GROUP.on(Sounds.EXPORTED)
                .add(
                        "export-of-another-model",
                        "The exporter succeeds, and exports another model",
                        box -> box.write(EXPORTED, Models.worse()),
                        failed("agreement with source 0."))
                .add(
                        "export-of-another-model-without-gates",
                        "The same, and the stage has no gates of its own: those of evaluate-metrics judge it",
                        box -> {
                            box.write(EXPORTED, Models.worse());
                            box.editSpec(GATES, "    gates: []\n");
                        },
                        failed("is below min 0.8: would pass at "))
                .add(
                        "export-with-chance",
                        "The exported model answers otherwise when it is asked again, as with dropout left on",
                        box -> box.write(
                                EXPORTED,
                                Models.of(
                                        "N,3",
                                        Onnx.model()
                                                .node("RandomUniformLike", "x", "chance")
                                                .node("Add", "x,chance", "sum")
                                                .node("Softmax", "sum", "scores", Onnx.integer("axis", 1)))),
                        failed("its answers to the same rows change, as where dropout was left on"))
                .add(
                        "export-without-the-output",
                        "The exported model calls its output otherwise",
                        box -> box.write(
                                EXPORTED,
                                Onnx.model()
                                        .input("x", Onnx.FLOAT, "N,3")
                                        .node("Softmax", "x", "output_0", Onnx.integer("axis", 1))
                                        .output("output_0", Onnx.FLOAT, "N,3")
                                        .toBytes()),
                        failed("the model has no output 'scores'"))
                .add(
                        "export-of-no-model",
                        "The exporter leaves something that is no ONNX model",
                        box -> box.write(EXPORTED, "ONNX"),
                        notEvaluated("is refused"));
    }

    private static Group.Table sources() {
        return GROUP.on(Sounds.EXPORTED)
                .add(
                        "source-fails-after-its-answer",
                        "The source's command fails after it wrote its answer",
                        box -> box.append(SCRIPT, "echo out of memory; exit 9\n"),
                        notEvaluated("ended with exit code 9; it said last: out of memory")
                                .by(EVALUATE_METRICS))
                .add(
                        "source-leaves-nothing",
                        "The source's command succeeds and leaves no answer",
                        box -> box.write(SCRIPT, "true\n"),
                        notEvaluated("left an answer that makes no sense").by(EVALUATE_METRICS))
                .add(
                        "source-hangs",
                        "The source's command never ends",
                        box -> {
                            box.append(SCRIPT, "sleep 600\n");
                            box.editSpec("time-limit: 60s", "time-limit: 1s");
                        },
                        notEvaluated("did not end within its limit of 1 s").by(EVALUATE_METRICS))
                .add(
                        "source-answers-fewer-rows",
                        "The source leaves the answers to other rows",
                        box -> box.append(SCRIPT, "head -c 500 build/scores.npy > \"$at/outputs/o0.npy\"\n"),
                        notEvaluated("cannot be read").by(EVALUATE_METRICS))
                .add(
                        "source-answers-from-elsewhere",
                        "The source's answer names a file outside of its folder",
                        box -> box.append(
                                SCRIPT,
                                "sed 's#o0.npy#../../../../../build/scores.npy#' \"$at/answer.json\" > t; mv t \"$at/answer.json\"\n"),
                        notEvaluated("is not the plain name of a file").by(EVALUATE_METRICS))
                .add(
                        "source-gone",
                        "The source's weights are not there",
                        box -> box.delete("build/weights.bin"),
                        notEvaluated("is not there").by(EVALUATE_METRICS));
    }

    private static Group.Table chain() {
        return GROUP.between(Sounds.EXPORTED.byStage())
                .add(
                        "source-changed-after-it-was-judged",
                        "The source's weights change between evaluate-metrics and export-onnx",
                        box -> box.append("build/weights.bin", " of another day"),
                        notEvaluated("build/weights.bin is not the file of evaluate-metrics any more"));
    }

    private static Group.Table spec() {
        return GROUP.on(Sounds.EXPORTED)
                .add(
                        "source-and-path",
                        "The spec names a source and an ONNX file",
                        box -> box.editSpec("  name: flowers", "  name: flowers\n  path: build/exported.onnx"),
                        refused("remove one of both keys"))
                .add(
                        "latency-of-a-source",
                        "A gate asks how fast a model is that does not run here",
                        box -> box.editSpec(
                                "{metric: accuracy, min: 0.8, confidence: 0.95}", "{metric: latency_p95_ms, max: 20}"),
                        refused("is measured on an ONNX model, and here the source model is judged"))
                .add(
                        "size-over-a-source",
                        "A gate asks how large the model is beside its source, which has no size of an ONNX model",
                        box -> box.editSpec("{metric: agreement, min: 0.99}", "{metric: size_ratio, max: 1}"),
                        refused("and the source model is none"))
                .add(
                        "quantised-before-it-is-exported",
                        "A source is to be quantised, and no stage makes ONNX of it",
                        box -> {
                            box.editSpec("  export-onnx:\n", "  quantize:\n    mode: int8-dynamic\n");
                            box.editSpec("      - {metric: tolerance, max: 0.0001}\n", "");
                        },
                        refused("a source that no stage makes ONNX of"));
    }
}
