// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code quantize} of a spec.
 *
 * @param rungs the ladder, in the order in which it is climbed
 * @param calibration the rows by which int8-static finds its ranges; none where no rung is that
 * @param data the rows on which the forms are judged, where the spec has no stage evaluate-metrics whose rows they are
 * @param exclude nodes that no rung quantises
 * @param when whether a model without anything to quantise passes through
 * @param trials how many forms may be made to find the nodes that spoil one
 */
public record QuantizeSection(
        Place place,
        List<Rung> rungs,
        @Nullable CalibrationSection calibration,
        @Nullable Placed<String> data,
        List<GateRequest> gates,
        List<Placed<String>> exclude,
        When when,
        int trials) {

    /** On which models the stage works. */
    enum When {
        /** On every model; one without anything to quantise fails. */
        ALWAYS("always"),
        /** On a model that has something to quantise; any other passes through as it is. */
        QUANTISABLE("quantisable");

        private final String spelling;

        When(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    private static final int USUAL_TRIALS = 20;

    private static final Key<List<Rung>> MODE = Key.required(
            "mode",
            Shapes.listOf(Rung.SHAPE, true),
            "How the model is made smaller: a mode, or a ladder of them; the first whose gates all pass is taken.",
            "mode: [int8-dynamic, fp16]");
    private static final Key<CalibrationSection> CALIBRATION = Key.optional(
            "calibration",
            CalibrationSection.SHAPE,
            "The rows by which int8-static finds the ranges of what flows through the model.",
            "calibration: {data: calibration, samples: 512}");
    private static final Key<Placed<String>> DATA = Key.optional(
            "data",
            Shapes.placed(Shapes.text()),
            "The data set on which the forms are judged, where the spec has no stage evaluate-metrics; else they are judged on its"
                    + " rows.",
            "data: holdout");
    private static final Key<List<GateRequest>> GATES = Key.optional(
            "gates",
            Shapes.listOrNothing(GateRequest.SHAPE),
            "The rules on the quantised model, beside those of evaluate-metrics; they compare with the unquantised one unless they"
                    + " say otherwise.",
            "gates: [{metric: accuracy, max-degradation: 0.01}, {metric: size_ratio, max: 0.65}]");
    private static final Key<List<Placed<String>>> EXCLUDE = Key.optional(
            "exclude",
            Shapes.listOf(Shapes.placed(Shapes.text()), false),
            "Nodes that stay as they are, by their names (or those of their first outputs).",
            "exclude: [/classifier/MatMul]");
    private static final Key<When> WHEN = Key.optional(
            "when",
            Shapes.oneOf(When.values(), When::spelling),
            "What becomes of a model with nothing to quantise, such as a tree: it fails (always, the default), or passes through"
                    + " as it is (quantisable).",
            "when: quantisable");
    private static final Key<Long> TRIALS = Key.optional(
            "trials",
            Shapes.count(0, 1000),
            "How many forms may be made, where an int8 form answers too badly, to find the nodes that spoil it and to leave them"
                    + " out: 20 unless said otherwise, 0 for none.",
            "trials: 20");

    static final Section<QuantizeSection> SHAPE = new Section<>(
            "quantize", List.of(MODE, CALIBRATION, DATA, GATES, EXCLUDE, WHEN, TRIALS), QuantizeSection::make);

    private static @Nullable QuantizeSection make(Values values, Problems problems) {
        List<Rung> rungs = values.need(MODE);
        Set<Object> seen = new HashSet<>();
        for (Rung rung : rungs) {
            if (!seen.add(Arrays.asList(rung.uncalibrated(), rung.finding()))) {
                problems.add(rung.place(), rung.spelling() + " stands twice in the ladder; remove one of both");
                return null;
            }
        }
        CalibrationSection calibration = values.get(CALIBRATION);
        boolean needed = rungs.stream().anyMatch(rung -> rung.finding() != null);
        if (needed != (calibration != null)) {
            problems.add(
                    needed ? values.place(MODE) : values.place(CALIBRATION),
                    needed
                            ? "int8-static needs rows that show what flows through the model"
                            : "no mode of this ladder is calibrated; remove calibration",
                    needed ? CALIBRATION.example() : null);
            return null;
        }
        return new QuantizeSection(
                values.place(),
                rungs,
                calibration,
                values.get(DATA),
                values.get(GATES, List.of()),
                values.get(EXCLUDE, List.of()),
                values.get(WHEN, When.ALWAYS),
                values.get(TRIALS, (long) USUAL_TRIALS).intValue());
    }
}
