// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds the gates of a training against its numbers. */
final class TrainingJudge {
    private static final int MOST_NAMES = 30;

    private final List<TrainingGate> gates;
    private final String file;

    /** Sentences call what holds the numbers {@code file}. */
    TrainingJudge(List<TrainingGate> gates, String file) {
        this.gates = List.copyOf(gates);
        this.file = file;
    }

    /** The gates on numbers over the epochs. */
    List<GateResult> judge(TrainingNumbers numbers) {
        List<GateResult> results = new ArrayList<>();
        for (TrainingGate gate : gates) {
            results.add(GateJudge.judge(gate.gate(), evidence(gate.measure(), numbers)));
        }
        return results;
    }

    private Evidence evidence(TrainingMeasure measure, TrainingNumbers numbers) {
        String name = measure.name();
        String unusable = numbers.unusable().get(name);
        if (unusable != null) {
            return new Evidence.Missing(name + " in " + file + " " + unusable);
        }
        List<Double> values = numbers.series().getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return new Evidence.Missing(absent(name, numbers));
        }
        // One diverged epoch spoils the number, whatever came after it: what is ended early in a slow training must not
        // pass in one that was too quick to be ended.
        Optional<String> diverged = diverged(measure, values);
        return diverged.isPresent()
                ? new Evidence.Missing(diverged.get())
                : new Evidence.Whole(Sample.of(new Reading.Exact(measure.of(values))));
    }

    private String absent(String name, TrainingNumbers numbers) {
        Set<String> written = new TreeSet<>(numbers.series().keySet());
        if (written.isEmpty()) {
            return file + " has no number '" + name + "', nor any other";
        }
        List<String> shown = written.stream().limit(MOST_NAMES).toList();
        int more = written.size() - shown.size();
        String near = DidYouMean.nearest(name, written)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
        return file + " has no number '" + name + "', but " + String.join(", ", shown)
                + (more == 0 ? "" : " and " + more + " more") + near;
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
     * number, and an alarm that the best value so far sets off, since the best only moves further that way. An alarm that
     * only warns, or that a person may accept, ends no training.
     */
    Optional<Lost> lost(TrainingNumbers numbers) {
        for (TrainingGate gate : gates) {
            TrainingMeasure measure = gate.measure();
            List<Double> values = numbers.series().getOrDefault(measure.name(), List.of());
            if (values.isEmpty()) {
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
    List<GateResult> judgeLost(Lost lost, TrainingNumbers numbers) {
        List<GateResult> results = new ArrayList<>();
        for (TrainingGate gate : gates) {
            results.add(
                    gate.equals(lost.gate())
                            ? GateJudge.judge(gate.gate(), evidence(gate.measure(), numbers))
                            : GateJudge.notEvaluated(
                                    gate.gate(), "the training was ended early, because " + lost.why()));
        }
        return results;
    }

    private static Optional<String> diverged(TrainingMeasure measure, List<Double> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isFinite(values.get(i))) {
                String when = values.size() == 1 ? "" : " (value " + (i + 1) + " of " + values.size() + ")";
                return Optional.of(measure.name() + " was " + values.get(i) + when);
            }
        }
        return Optional.empty();
    }
}
