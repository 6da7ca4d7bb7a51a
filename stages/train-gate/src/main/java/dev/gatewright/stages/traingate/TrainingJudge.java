// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Estimate;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the gates of a training against its numbers. */
final class TrainingJudge {
    private final List<TrainingGate> gates;

    TrainingJudge(List<TrainingGate> gates) {
        this.gates = List.copyOf(gates);
    }

    /** The gates on numbers over the epochs; {@code file} is named where one is missing. */
    List<GateResult> judge(Map<String, List<Double>> series, String file) {
        List<GateResult> results = new ArrayList<>();
        for (TrainingGate gate : gates) {
            results.add(GateJudge.judge(gate.gate(), evidence(gate.measure(), series, file)));
        }
        return results;
    }

    private static Evidence evidence(TrainingMeasure measure, Map<String, List<Double>> series, String file) {
        List<Double> values = series.get(measure.name());
        if (values == null) {
            return new Evidence.Missing(file + " has no number '" + measure.name() + "'; it has "
                    + (series.isEmpty() ? "none at all" : String.join(", ", series.keySet())));
        }
        // One diverged epoch spoils the number, whatever came after it: what training ended early must not pass when it
        // was
        // too quick to be ended.
        Optional<String> diverged = diverged(measure, values);
        return diverged.isPresent()
                ? new Evidence.Missing(diverged.get())
                : new Evidence.Whole(Sample.of(new Estimate.Exact(measure.of(values))));
    }

    /** The gates where nothing could be judged. */
    List<GateResult> notEvaluated(String why) {
        return gates.stream()
                .map(gate -> GateJudge.notEvaluated(gate.gate(), why))
                .toList();
    }

    /** A gate that no further epoch can save, and why. */
    record Lost(TrainingGate gate, String why) {}

    /**
     * The first gate that no further epoch can save; empty while all can still be met. Lost are a value that is no finite
     * number, and a bound that the best value so far breaks on the side to which the best only moves further.
     */
    Optional<Lost> lost(Map<String, List<Double>> series) {
        for (TrainingGate gate : gates) {
            TrainingMeasure measure = gate.measure();
            List<Double> values = series.get(measure.name());
            if (values == null) {
                continue;
            }
            Optional<String> diverged = diverged(measure, values);
            if (diverged.isPresent()) {
                return Optional.of(new Lost(gate, diverged.get()));
            }
            if (measure.pick() == TrainingMeasure.Pick.BEST && gate.gate().onFailure() == OnFailure.BLOCK) {
                for (Bound bound : gate.gate().bounds()) {
                    if (bound.kind().isAlarm() && !bound.kind().holds().has(measure.of(values), bound.limit())) {
                        String why = "the best " + measure.name() + " so far breaks " + bound
                                + ", which no later epoch can mend";
                        return Optional.of(new Lost(gate, why));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The gates of a training that was ended early: the one that was lost is judged, of the others nothing is known. */
    List<GateResult> judgeLost(Lost lost, Map<String, List<Double>> series, String file) {
        List<GateResult> results = new ArrayList<>();
        for (TrainingGate gate : gates) {
            results.add(
                    gate.equals(lost.gate())
                            ? GateJudge.judge(gate.gate(), evidence(gate.measure(), series, file))
                            : GateJudge.notEvaluated(
                                    gate.gate(), "the training was ended early, because " + lost.why()));
        }
        return results;
    }

    private static Optional<String> diverged(TrainingMeasure measure, List<Double> values) {
        for (int epoch = 0; epoch < values.size(); epoch++) {
            if (!Double.isFinite(values.get(epoch))) {
                String when = values.size() == 1 ? "" : " in epoch " + (epoch + 1);
                return Optional.of(measure.name() + " was " + values.get(epoch) + when);
            }
        }
        return Optional.empty();
    }
}
