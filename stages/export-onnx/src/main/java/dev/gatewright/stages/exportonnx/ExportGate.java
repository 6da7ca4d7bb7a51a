// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

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
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A gate of export-onnx: on how far the exported model is from its source, or on a metric of the task. */
sealed interface ExportGate {
    /** A gate on a metric of the catalogue. */
    record OfTask(GateRequest request) implements ExportGate {}

    /** A gate on a distance from the source. */
    record OfParity(Place place, ParityMeasure measure, Gate gate) implements ExportGate {
        private static final List<Bound.Kind> KINDS = List.of(Bound.Kind.MAX, Bound.Kind.SUSPICIOUS_BELOW);
        private static final Map<String, ParityMeasure.Kind> METRICS = new TreeMap<>();

        static {
            Arrays.stream(ParityMeasure.Kind.values())
                    .filter(kind -> !kind.isAlwaysOn())
                    .forEach(kind -> METRICS.put(kind.spelling(), kind));
        }

        private static final Key<ParityMeasure.Kind> METRIC = Key.required(
                "metric",
                Shapes.oneOf(METRICS),
                "How far the exported model is from its source.",
                "metric: max_absolute_difference");
        private static final Key<String> OUTPUT = Key.optional(
                "output",
                Shapes.text(),
                "The one output that is meant; without it the worst of all decides.",
                "output: probabilities");

        static final Section<OfParity> SHAPE = new Section<>("a gate of export-onnx", keys(), OfParity::make);

        private static List<Key<?>> keys() {
            List<Key<?>> keys = new ArrayList<>(List.of(METRIC, OUTPUT));
            keys.addAll(GateKeys.bounds(KINDS));
            keys.add(GateKeys.ON_FAILURE);
            return keys;
        }

        private static @Nullable OfParity make(Values values, Problems problems) {
            List<Bound> bounds = GateKeys.boundsOf(values);
            GateKeys.check(values, bounds, KINDS, problems);
            ParityMeasure.Kind kind = values.need(METRIC);
            String output = values.get(OUTPUT);
            if (output != null && !kind.isOfOutputs()) {
                problems.add(
                        values.place(OUTPUT), kind.spelling() + " is of the model as a whole; remove the key 'output'");
                return null;
            }
            if (bounds.isEmpty()) {
                return null;
            }
            for (Bound bound : bounds) {
                if (bound.limit() < 0) {
                    problems.add(values.place(), bound + ": no " + kind.spelling() + " is negative");
                    return null;
                }
            }
            ParityMeasure measure = new ParityMeasure(kind, output);
            OnFailure onFailure = values.get(GateKeys.ON_FAILURE, OnFailure.BLOCK);
            return new OfParity(values.place(), measure, new Gate(measure, bounds, null, null, null, 0, onFailure));
        }
    }

    /** Reads one or the other, as its metric says. */
    Shape<ExportGate> SHAPE = new Shape<>() {
        @Override
        public @Nullable ExportGate read(SpecNode node, Problems problems) {
            boolean ofParity = node instanceof SpecNode.Mapping mapping
                    && mapping.get("metric")
                            .filter(SpecNode.Scalar.class::isInstance)
                            .map(metric -> OfParity.METRICS.containsKey(((SpecNode.Scalar) metric).text()))
                            .orElse(false);
            if (ofParity) {
                return OfParity.SHAPE.read(node, problems);
            }
            GateRequest request = GateRequest.SHAPE.read(node, problems);
            return request == null ? null : new OfTask(request);
        }

        @Override
        public Json schema() {
            return Json.object()
                    .put("anyOf", List.of(OfParity.SHAPE.schema(), GateRequest.SHAPE.schema()))
                    .build();
        }
    };
}
