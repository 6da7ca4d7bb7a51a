// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import java.util.List;

/**
 * The rows by which int8-static finds its ranges.
 *
 * @param samples how many of them, the first ones
 */
record CalibrationSection(Place place, Placed<String> data, int samples) {
    private static final long USUAL_SAMPLES = 512;

    private static final Key<Placed<String>> DATA = Key.required(
            "data",
            Shapes.placed(Shapes.text()),
            "The data set whose rows show what flows through the model; better not the one that judges.",
            "data: calibration");
    private static final Key<Long> SAMPLES = Key.optional(
            "samples",
            Shapes.count(1, 1_000_000),
            "How many of its rows, the first ones; 512 unless said otherwise.",
            "samples: 512");

    static final Section<CalibrationSection> SHAPE = new Section<>(
            "calibration",
            List.of(DATA, SAMPLES),
            (values, problems) -> new CalibrationSection(
                    values.place(),
                    values.need(DATA),
                    values.get(SAMPLES, USUAL_SAMPLES).intValue()));
}
