// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.GateKeys;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A gate of smoke-test: on what only an endpoint has, or on a metric of the task or of time. */
sealed interface ServingGate {
    /** A gate on a metric of the catalogue. */
    record OfTask(GateRequest request) implements ServingGate {}

    /** A gate on what only an endpoint has. */
    record OfServing(Place place, ServingMeasure measure, Gate gate) implements ServingGate {
        private static final List<Bound.Kind> KINDS = List.of(Bound.Kind.MIN, Bound.Kind.MAX);
        private static final Map<String, ServingMeasure> METRICS = new TreeMap<>();

        static {
            Arrays.stream(ServingMeasure.values())
                    .filter(measure -> !measure.isAlwaysOn())
                    .forEach(measure -> METRICS.put(measure.spelling(), measure));
        }

        private static final Key<ServingMeasure> METRIC =
                Key.required("metric", Shapes.oneOf(METRICS), "What only an endpoint has.", "metric: error_rate");

        static final Section<OfServing> SHAPE = new Section<>("a gate of smoke-test", keys(), OfServing::make);

        private static List<Key<?>> keys() {
            List<Key<?>> keys = new ArrayList<>(List.of(METRIC));
            keys.addAll(GateKeys.bounds(KINDS));
            keys.add(GateKeys.ON_FAILURE);
            return keys;
        }

        private static @Nullable OfServing make(Values values, Problems problems) {
            List<Bound> bounds = GateKeys.boundsOf(values);
            GateKeys.check(values, bounds, KINDS, problems);
            ServingMeasure measure = values.need(METRIC);
            for (Bound bound : bounds) {
                boolean isNoShare = measure.unit() == Unit.FRACTION && bound.limit() > 1;
                if (bound.limit() < 0 || isNoShare) {
                    problems.add(
                            values.place(),
                            bound + ": " + measure.spelling()
                                    + (isNoShare ? " lies between 0 and 1" : " is never negative"));
                    return null;
                }
            }
            if (bounds.isEmpty()) {
                return null;
            }
            OnFailure onFailure = values.get(GateKeys.ON_FAILURE, OnFailure.BLOCK);
            return new OfServing(values.place(), measure, new Gate(measure, bounds, null, null, null, 0, onFailure));
        }
    }

    /** Reads one or the other, as its metric says. */
    Shape<ServingGate> SHAPE = new Shape<>() {
        @Override
        public @Nullable ServingGate read(SpecNode node, Problems problems) {
            boolean ofServing = node instanceof SpecNode.Mapping mapping
                    && mapping.get("metric")
                            .filter(SpecNode.Scalar.class::isInstance)
                            .map(metric -> OfServing.METRICS.containsKey(((SpecNode.Scalar) metric).text()))
                            .orElse(false);
            if (ofServing) {
                return OfServing.SHAPE.read(node, problems);
            }
            GateRequest request = GateRequest.SHAPE.read(node, problems);
            return request == null ? null : new OfTask(request);
        }

        @Override
        public Json schema() {
            return Json.object()
                    .put("anyOf", List.of(OfServing.SHAPE.schema(), GateRequest.SHAPE.schema()))
                    .build();
        }
    };
}
