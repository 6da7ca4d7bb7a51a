// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.stream.Stream;

/** An image that is no good, serves something else than what was judged, or cannot be made. */
final class ContainerizeCases {
    private static final Group GROUP = Group.CONTAINED;
    private static final String FILE = "build/model.onnx";
    private static final String GATE = "{metric: image_bytes, max: 4000000000}";
    private static final String GOLDEN = """
            {"format": "gatewright-golden/v1",
             "inputs": [{"name": "x", "datatype": "FP32", "shape": [3]}],
             "outputs": [{"name": "scores", "datatype": "FP32", "shape": [3]}],
             "tolerance": {"absolute": 1e-5, "relative": 1e-4},
             "rows": [{"id": "by hand", "inputs": {"x": [1, 0, 0]}, "expected": {"outputs": {"scores": [0, 0, 1]}}}]}
            """;

    private ContainerizeCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(images(), chain());
    }

    private static Group.Table images() {
        return GROUP.on(Sounds.CONTAINED)
                .add(
                        "image-too-large",
                        "The image is larger than it may be",
                        box -> box.editSpec(GATE, "{metric: image_bytes, max: 1000}"),
                        failed(" is above max 1000"))
                .add(
                        "image-answers-otherwise",
                        "The booted image answers a golden row otherwise than is expected",
                        box -> {
                            box.write("golden.json", GOLDEN);
                            box.editSpec("golden: {data: holdout, rows: 20}", "golden: {path: golden.json}");
                        },
                        failed("golden_mismatches 1 is above max 0"))
                .add(
                        "registry-not-there",
                        "The registry that the image is pushed to does not answer",
                        box -> box.editSpec(
                                "    gates: [" + GATE,
                                "    image: localhost:1/flowers\n    push: true\n    gates: [" + GATE),
                        notEvaluated("localhost:1 cannot be reached"))
                .add(
                        "base-not-there",
                        "The image is built upon one that is not there",
                        box -> box.editSpec("    gates: [" + GATE, "    base: oci:nowhere\n    gates: [" + GATE),
                        notEvaluated("nowhere is no OCI layout"))
                .add(
                        "image-of-nothing-judged",
                        "The spec judges no model that could be packed",
                        box -> box.editSpec(Sounds.JUDGE_MODEL, ""),
                        refused("the spec has no such stage"));
    }

    private static Group.Table chain() {
        return GROUP.between(Sounds.CONTAINED.byStage())
                .add(
                        "model-changed-before-it-is-packed",
                        "Another model would be packed than the one that was judged",
                        box -> box.write(FILE, Models.worse()),
                        notEvaluated("build/model.onnx is not the file of evaluate-metrics any more: its digest was "));
    }
}
