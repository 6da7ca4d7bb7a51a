// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.spec.GateKeys;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gate of containerize, as it was written. */
record ImageGate(ImageMeasure measure, Gate gate) {
    private static final List<Bound.Kind> KINDS = List.of(Bound.Kind.MAX, Bound.Kind.SUSPICIOUS_BELOW);

    private static final Key<ImageMeasure> METRIC = Key.required(
            "metric",
            Shapes.oneOf(
                    new ImageMeasure[] {
                        ImageMeasure.IMAGE_BYTES, ImageMeasure.COLD_START_MS, ImageMeasure.SERVER_MEMORY_MB
                    },
                    ImageMeasure::spelling),
            "What is judged of the image.",
            "metric: image_bytes");

    static final Section<ImageGate> SHAPE = new Section<>("a gate of containerize", keys(), ImageGate::make);

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(List.of(METRIC));
        keys.addAll(GateKeys.bounds(KINDS));
        keys.add(GateKeys.ON_FAILURE);
        return keys;
    }

    private static @Nullable ImageGate make(Values values, Problems problems) {
        List<Bound> bounds = GateKeys.boundsOf(values);
        GateKeys.check(values, bounds, KINDS, problems);
        ImageMeasure measure = values.need(METRIC);
        for (Bound bound : bounds) {
            if (bound.limit() < 0) {
                problems.add(values.place(), bound + ": no " + measure.spelling() + " is negative");
                return null;
            }
        }
        if (bounds.isEmpty()) {
            return null;
        }
        OnFailure onFailure = values.get(GateKeys.ON_FAILURE, OnFailure.BLOCK);
        return new ImageGate(measure, new Gate(measure, bounds, null, null, null, 0, onFailure));
    }
}
