// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.inconclusive;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;
import static dev.gatewright.validation.metrics.gate.Verdict.FAILED;
import static dev.gatewright.validation.metrics.gate.Verdict.INCONCLUSIVE;
import static dev.gatewright.validation.metrics.gate.Verdict.NOT_EVALUATED;
import static dev.gatewright.validation.metrics.gate.Verdict.PASSED;

import java.util.stream.Stream;

/** Slices that are not there, too small, or worse than the whole. */
final class SliceCases {
    private static final Group GROUP = Group.SLICES;
    private static final String FILE = "data/predictions.csv";
    private static final String GATE = "min: 0.7, min-samples: 20";

    private SliceCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(GROUP.on(Sounds.SLICES)
                .add(
                        "column-missing",
                        "The slice's column is missing in the data",
                        box -> box.edit(FILE, "p_c,writer", "p_c,author"),
                        refused("has no column 'writer'"))
                .add(
                        "value-blank",
                        "A row does not say to which slice it belongs",
                        box -> box.append(FILE, "a,a,0.8,0.1,0.1,\n"),
                        notEvaluated("column 'writer': found an empty cell"))
                .add(
                        "value-too-small",
                        "One value of the slice has too few rows",
                        box -> box.append(FILE, "a,a,0.8,0.1,0.1,dan\n".repeat(3)),
                        inconclusive("min-samples asks for 20 rows").gates(PASSED, INCONCLUSIVE))
                .add(
                        "all-too-small",
                        "All values of the slice have too few rows",
                        box -> box.editSpec("min-samples: 20", "min-samples: 100"),
                        inconclusive("3 INCONCLUSIVE").gates(PASSED, INCONCLUSIVE))
                .add(
                        "all-too-small-and-reported",
                        "All values of the slice have too few rows and are only reported",
                        box -> box.editSpec("min-samples: 20", "min-samples: 100, small-slices: report"),
                        notEvaluated("nothing was judged").gates(PASSED, NOT_EVALUATED))
                .add(
                        "pool-too-small",
                        "The small values of the slice have too few rows even together",
                        box -> {
                            box.editSpec("min-samples: 20", "min-samples: 20, small-slices: pool");
                            box.append(FILE, "a,a,0.8,0.1,0.1,dan\na,a,0.8,0.1,0.1,eve\n");
                        },
                        inconclusive("min-samples asks for 20 rows").gates(PASSED, INCONCLUSIVE))
                .add(
                        "one-value-worse",
                        "The whole is good, and one value of the slice is not",
                        box -> box.append(FILE, "b,a,0.8,0.1,0.1,dan\na,a,0.8,0.1,0.1,dan\n".repeat(10)),
                        failed("writer=dan").gates(INCONCLUSIVE, FAILED))
                .add(
                        "pool-worse",
                        "The small values of the slice are bad together",
                        box -> {
                            box.editSpec("min-samples: 20", "min-samples: 20, small-slices: pool");
                            for (int writer = 0; writer < 4; writer++) {
                                box.append(
                                        FILE,
                                        ("b,a,0.8,0.1,0.1,w" + writer + "\na,a,0.8,0.1,0.1,w" + writer + "\n")
                                                .repeat(3));
                            }
                        },
                        failed("is below min 0.7"))
                .add(
                        "interval-across-the-bound",
                        "The slices' intervals do not decide",
                        box -> box.editSpec(GATE, "min: 0.85, confidence: 0.95"),
                        inconclusive("3 INCONCLUSIVE").gates(PASSED, INCONCLUSIVE))
                .add(
                        "metric-undefined-in-a-slice",
                        "A class does not occur in one value of the slice, so its metric has no value there",
                        box -> {
                            box.editSpec(
                                    "metric: accuracy, slice: writer", "metric: f1, average: macro, slice: writer");
                            box.append(FILE, "a,a,0.8,0.1,0.1,dan\nb,b,0.1,0.8,0.1,dan\n".repeat(15));
                        },
                        notEvaluated("writer=dan").gates(PASSED, NOT_EVALUATED)));
    }
}
