// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.GateKeys;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A gate of containerize: on the image itself, or on a metric of the task over what the booted image answers. */
sealed interface ImageGate {
    /** A gate on a metric of the catalogue. */
    record OfTask(GateRequest request) implements ImageGate {}

    /** A gate on the image. */
    record OfImage(ImageMeasure measure, Gate gate) implements ImageGate {
        private static final List<Bound.Kind> KINDS = List.of(Bound.Kind.MAX, Bound.Kind.SUSPICIOUS_BELOW);
        private static final Map<String, ImageMeasure> METRICS = new TreeMap<>();

        static {
            Arrays.stream(ImageMeasure.values())
                    .filter(measure -> !measure.isAlwaysOn())
                    .forEach(measure -> METRICS.put(measure.spelling(), measure));
        }

        private static final Key<ImageMeasure> METRIC =
                Key.required("metric", Shapes.oneOf(METRICS), "What is judged of the image.", "metric: image_bytes");

        static final Section<OfImage> SHAPE = new Section<>("a gate of containerize", keys(), OfImage::make);

        private static List<Key<?>> keys() {
            List<Key<?>> keys = new ArrayList<>(List.of(METRIC));
            keys.addAll(GateKeys.bounds(KINDS));
            keys.add(GateKeys.ON_FAILURE);
            return keys;
        }

        private static @Nullable OfImage make(Values values, Problems problems) {
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
            return new OfImage(measure, new Gate(measure, bounds, null, null, null, 0, onFailure));
        }
    }

    /** Reads one or the other, as its metric says. */
    Shape<ImageGate> SHAPE = new Shape<>() {
        @Override
        public @Nullable ImageGate read(SpecNode node, Problems problems) {
            boolean ofImage = node instanceof SpecNode.Mapping mapping
                    && mapping.get("metric")
                            .filter(SpecNode.Scalar.class::isInstance)
                            .map(metric -> OfImage.METRICS.containsKey(((SpecNode.Scalar) metric).text()))
                            .orElse(false);
            if (ofImage) {
                return OfImage.SHAPE.read(node, problems);
            }
            GateRequest request = GateRequest.SHAPE.read(node, problems);
            return request == null ? null : new OfTask(request);
        }

        @Override
        public Json schema() {
            return Json.object()
                    .put("anyOf", List.of(OfImage.SHAPE.schema(), GateRequest.SHAPE.schema()))
                    .build();
        }
    };
}
