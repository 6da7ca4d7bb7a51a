// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.GateKeys;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gate of canary-deploy: on the traffic, or on a metric of the task over the rows that were replayed. */
sealed interface CanaryGate {
    /** Where it stands in the spec. */
    Place place();

    /** Whether stable is needed to judge it. */
    boolean compares();

    /** Whether it can be judged only where rows are replayed, whose truth is known. */
    boolean needsReplay();

    /** A gate on a metric of the catalogue, judged as evaluate-metrics judges it, on what the candidate answered. */
    record OfTask(GateRequest request) implements CanaryGate {
        @Override
        public Place place() {
            return request.place();
        }

        @Override
        public boolean compares() {
            return false;
        }

        @Override
        public boolean needsReplay() {
            return true;
        }
    }

    /** Reads one or the other, as its metric says. */
    Shape<CanaryGate> SHAPE = new Shape<>() {
        @Override
        public @Nullable CanaryGate read(SpecNode node, Problems problems) {
            boolean ofTraffic = node instanceof SpecNode.Mapping mapping
                    && mapping.get("metric")
                            .filter(SpecNode.Scalar.class::isInstance)
                            .flatMap(metric -> CanaryMeasure.ofGate(((SpecNode.Scalar) metric).text()))
                            .isPresent();
            if (ofTraffic) {
                return OfTraffic.SHAPE.read(node, problems);
            }
            GateRequest request = GateRequest.SHAPE.read(node, problems);
            return request == null ? null : new OfTask(request);
        }

        @Override
        public Json schema() {
            return Json.object()
                    .put("anyOf", List.of(OfTraffic.SHAPE.schema(), GateRequest.SHAPE.schema()))
                    .build();
        }
    };

    /** A gate on the traffic. */
    record OfTraffic(Place place, CanaryMeasure measure, Gate gate) implements CanaryGate {
        private static final List<Bound.Kind> KINDS =
                List.of(Bound.Kind.MIN, Bound.Kind.MAX, Bound.Kind.MAX_DEGRADATION, Bound.Kind.MAX_DEGRADATION_PERCENT);
        private static final Key<CanaryMeasure> METRIC = Key.required(
                "metric",
                Shapes.oneOf(CanaryMeasure.OF_GATES.toArray(CanaryMeasure[]::new), CanaryMeasure::spelling),
                "What is judged of the candidate's traffic, step by step; accuracy needs replayed rows.",
                "metric: error_rate");

        static final Section<OfTraffic> SHAPE = new Section<>("a gate of canary-deploy", keys(), OfTraffic::make);

        private static List<Key<?>> keys() {
            List<Key<?>> keys = new ArrayList<>(List.of(METRIC));
            keys.addAll(GateKeys.bounds(KINDS));
            keys.addAll(List.of(GateKeys.CONFIDENCE, GateKeys.AGAINST, GateKeys.MIN_SAMPLES, GateKeys.ON_FAILURE));
            return keys;
        }

        private static @Nullable OfTraffic make(Values values, Problems problems) {
            List<Bound> bounds = GateKeys.boundsOf(values);
            GateKeys.check(values, bounds, KINDS, problems);
            if (bounds.isEmpty()) {
                return null;
            }
            boolean compares = bounds.stream().anyMatch(bound -> bound.kind().compares());
            Placed<String> against = values.get(GateKeys.AGAINST);
            if (against != null && (!compares || !against.value().equals(Side.STABLE.spelling()))) {
                problems.add(
                        against.place(),
                        compares
                                ? "canary-deploy compares with stable, not with '" + against.value() + "'"
                                : "nothing in this gate compares; remove against, or write max-degradation",
                        "against: stable");
                return null;
            }
            CanaryMeasure measure = values.need(METRIC);
            Gate gate = new Gate(
                    measure,
                    bounds,
                    values.get(GateKeys.CONFIDENCE),
                    compares ? Side.STABLE.spelling() : null,
                    null,
                    values.get(GateKeys.MIN_SAMPLES, 0L),
                    values.get(GateKeys.ON_FAILURE, OnFailure.BLOCK));
            return new OfTraffic(values.place(), measure, gate);
        }

        @Override
        public boolean compares() {
            return gate.against() != null;
        }

        @Override
        public boolean needsReplay() {
            return measure == CanaryMeasure.ACCURACY;
        }
    }
}
