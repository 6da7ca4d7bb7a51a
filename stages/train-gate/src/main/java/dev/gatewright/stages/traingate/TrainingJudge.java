// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds the gates of a training against its numbers. */
final class TrainingJudge {
    private static final int MOST_NAMES = 30;

    private final List<TrainingGate> gates;
    private final String file;
    private final Map<Minus.Naive, Double> naive;

    /** Sentences call what holds the numbers {@code file}; {@code naive} answers score so. */
    TrainingJudge(List<TrainingGate> gates, String file, Map<Minus.Naive, Double> naive) {
        this.gates = List.copyOf(gates);
        this.file = file;
        this.naive = Map.copyOf(naive);
    }

    /** The gates on numbers over the epochs. */
    List<GateResult> judge(TrainingNumbers numbers) {
        List<GateResult> results = new ArrayList<>();
        for (TrainingGate gate : gates) {
            results.add(GateJudge.judge(gate.gate(), evidence(gate, course(gate, numbers, true))));
        }
        return results;
    }

    /**
     * What a gate judges stops where the gate was lost: what is ended early in a slow training must not pass in one that was
     * too quick to be ended.
     */
    private static Evidence evidence(TrainingGate gate, Course course) {
        if (course instanceof Course.Known known) {
            return Evidence.exact(gate.measure().of(known.values()));
        }
        return new Evidence.Missing(
                course instanceof Course.Diverged diverged ? diverged.why() : ((Course.Unknown) course).why());
    }

    private Course course(TrainingGate gate, TrainingNumbers numbers, boolean ended) {
        TrainingMeasure measure = gate.measure();
        Optional<String> unknown = unknown(measure.name(), numbers);
        if (unknown.isPresent()) {
            return new Course.Unknown(unknown.get());
        }
        List<Double> values = values(measure.name(), numbers);
        Minus minus = measure.minus();
        if (minus == null) {
            return Course.of(gate, values);
        }
        if (minus instanceof Minus.Naive answer) {
            double score = naive.getOrDefault(answer, Double.NaN);
            return Course.of(gate, values.stream().map(value -> value - score).toList());
        }
        String other = ((Minus.Other) minus).name();
        unknown = unknown(other, numbers);
        return unknown.isPresent()
                ? new Course.Unknown(unknown.get())
                : gap(gate, values, other, values(other, numbers), ended);
    }

    /** The last values belong together; of others that is known only where there are as many. */
    private static Course gap(
            TrainingGate gate, List<Double> values, String other, List<Double> others, boolean ended) {
        TrainingMeasure measure = gate.measure();
        for (Course course : List.of(Course.of(measure.name(), values), Course.of(other, others))) {
            if (course instanceof Course.Diverged) {
                return course;
            }
        }
        if (measure.pick() == TrainingMeasure.Pick.LAST && gate.patience() == 0) {
            return new Course.Known(List.of(last(values) - last(others)), Optional.empty());
        }
        if (ended && values.size() != others.size()) {
            return new Course.Unknown(measure.name() + " has " + values.size() + " values and " + other + " has "
                    + others.size() + ", so that it is not known which belong together; judge the last ones");
        }
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), others.size()); i++) {
            gaps.add(values.get(i) - others.get(i));
        }
        return Course.of(gate, gaps);
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    private static List<Double> values(String name, TrainingNumbers numbers) {
        return numbers.series().getOrDefault(name, List.of());
    }

    private Optional<String> unknown(String name, TrainingNumbers numbers) {
        String unusable = numbers.unusable().get(name);
        if (unusable != null) {
            return Optional.of(name + " in " + file + " " + unusable);
        }
        return values(name, numbers).isEmpty() ? Optional.of(absent(name, numbers)) : Optional.empty();
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
     * The first gate that no further epoch can save; empty while all can still be met.
     *
     * @see Course
     */
    Optional<Lost> lost(TrainingNumbers numbers) {
        for (TrainingGate gate : gates) {
            Course course = course(gate, numbers, false);
            if (course instanceof Course.Diverged diverged) {
                return Optional.of(new Lost(gate, diverged.why()));
            }
            if (course instanceof Course.Known known && known.lost().isPresent()) {
                return Optional.of(new Lost(gate, known.lost().get()));
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
                            ? GateJudge.judge(gate.gate(), evidence(gate, course(gate, numbers, false)))
                            : GateJudge.notEvaluated(
                                    gate.gate(), "the training was ended early, because " + lost.why()));
        }
        return results;
    }
}
