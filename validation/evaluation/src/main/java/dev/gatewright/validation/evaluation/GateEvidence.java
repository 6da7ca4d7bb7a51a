// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.gate.SliceRule;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands what was counted to the gates.
 *
 * @param slices the tallies by slice and value
 * @param reference the name of what was compared with; none where nothing was
 * @param referenceMissing why there is none, though a gate compares
 * @param sameModel the reference is the candidate: they differ by nothing, whatever the rows
 * @param referenceHasProbabilities the reference gave probabilities, and not only classes
 * @param cost what the candidate took beside
 * @param bytes the candidate's size, and the reference's
 * @param leakage what the training has seen of the rows; none where it was not looked for
 */
record GateEvidence(
        Scoring scoring,
        Map<String, SortedMap<String, GroupTally>> slices,
        @Nullable String reference,
        @Nullable String referenceMissing,
        boolean sameModel,
        boolean referenceHasProbabilities,
        Cost cost,
        long bytes,
        long referenceBytes,
        boolean hasProbabilities,
        boolean hasDecisionValues,
        long seed,
        @Nullable Leakage leakage) {

    private static final double USUAL_CONFIDENCE = 0.95;

    /** The evidence for a gate. */
    Evidence of(Gate gate) {
        MetricChoice choice = (MetricChoice) gate.measure();
        Kernel kernel = choice.metric().kernel();
        if (gate.against() != null && reference == null) {
            return new Evidence.Missing(
                    Objects.requireNonNullElse(referenceMissing, "there is no " + gate.against() + " to compare with"));
        }
        if (kernel instanceof Kernel.Overlap) {
            return leakage == null
                    ? new Evidence.Missing("the training data is not named")
                    : new Evidence.Whole(
                            new Sample(Map.of(Bound.Quantity.VALUE, new Reading.Exact(leakage.share())), null));
        }
        if (kernel instanceof Kernel.ModelSize) {
            return size(gate);
        }
        if (kernel instanceof Kernel.SizeRatio) {
            return new Evidence.Whole(Sample.of(sizeRatio()));
        }
        if (choice.metric().isRunTime()) {
            return new Evidence.Whole(Sample.of(cost.reading(choice.metric(), bytes >= 0, bootstrap(gate, ""))));
        }
        boolean needsProbabilities =
                choice.threshold() != null || choice.metric().isOfProbabilities();
        if (needsProbabilities && !hasProbabilities) {
            return new Evidence.Missing("it needs probabilities, and only predicted classes are there");
        }
        if (needsProbabilities && gate.against() != null && !referenceHasProbabilities) {
            return new Evidence.Missing("it needs probabilities, and " + reference + " only predicts classes");
        }
        if (kernel instanceof Kernel.RowScores && !hasDecisionValues) {
            return new Evidence.Missing("it needs decision values, and the scores are "
                    + (hasProbabilities
                            ? "probabilities; if they are not, write model.scores-are: logits"
                            : "not there"));
        }
        SliceRule rule = gate.slice();
        if (rule == null) {
            return new Evidence.Whole(sample(gate, choice, scoring.all(), ""));
        }
        SortedMap<String, GroupTally> groups = slices.get(rule.slice());
        if (groups == null) {
            return new Evidence.Missing("the data has no slice " + rule.slice());
        }
        SortedMap<String, Sample> samples = new TreeMap<>();
        groups.forEach((value, tally) -> samples.put(value, sample(gate, choice, tally, rule.slice() + "=" + value)));
        return new Evidence.Slices(rule.slice(), samples, values -> {
            List<GroupTally> pooled = values.stream()
                    .map(value -> Objects.requireNonNull(groups.get(value)))
                    .toList();
            return sample(gate, choice, scoring.merged(pooled), rule.slice() + " in " + values);
        });
    }

    private Sample sample(Gate gate, MetricChoice choice, GroupTally tally, String rows) {
        if (choice.metric().kernel() instanceof Kernel.SameAnswers) {
            return Sample.of(tally.agreement());
        }
        Bootstrap bootstrap = bootstrap(gate, rows);
        if (gate.against() == null || reference == null) {
            return tally.sample(choice, bootstrap);
        }
        double confidence = gate.confidence() == null ? USUAL_CONFIDENCE : gate.confidence();
        Sample sample = tally.compared(choice, reference, confidence, bootstrap);
        return sameModel ? withoutDifference(sample) : sample;
    }

    private Sample withoutDifference(Sample sample) {
        Map<Bound.Quantity, Reading> readings = new EnumMap<>(Bound.Quantity.class);
        sample.readings().forEach((quantity, reading) -> {
            boolean difference = quantity != Bound.Quantity.VALUE && reading instanceof Reading.Sampled;
            readings.put(
                    quantity,
                    difference ? new Reading.Sampled(((Reading.Sampled) reading).n(), new SameModel()) : reading);
        });
        Sample.Comparison comparison = Objects.requireNonNull(sample.comparison());
        List<String> notes = List.of(comparison.name() + " is the same model");
        return new Sample(readings, new Sample.Comparison(comparison.name(), comparison.value(), Double.NaN, notes));
    }

    /** A metric of time or of two models that no gate asks for. */
    Reading reading(MetricChoice choice) {
        if (choice.metric().isRunTime()) {
            return cost.reading(choice.metric(), bytes >= 0, new Bootstrap(seed, choice.spelling() + "|"));
        }
        if (reference == null) {
            return new Reading.Missing(
                    Objects.requireNonNullElse(referenceMissing, "there is no other model to compare with"));
        }
        return choice.metric().kernel() instanceof Kernel.SizeRatio
                ? sizeRatio()
                : scoring.all().agreement();
    }

    private Reading sizeRatio() {
        return bytes < 0 || referenceBytes <= 0
                ? new Reading.Missing("there are no two models that have a size")
                : new Reading.Exact((double) bytes / referenceBytes);
    }

    private Evidence size(Gate gate) {
        if (bytes < 0) {
            return new Evidence.Missing("there is no model that has a size");
        }
        Map<Bound.Quantity, Reading> readings = new EnumMap<>(Bound.Quantity.class);
        readings.put(Bound.Quantity.VALUE, new Reading.Exact(bytes));
        if (gate.against() == null || reference == null) {
            return new Evidence.Whole(new Sample(readings, null));
        }
        if (referenceBytes < 0) {
            return new Evidence.Missing(reference + " is no ONNX model, whose size could be compared");
        }
        double larger = (double) bytes - referenceBytes;
        readings.put(Bound.Quantity.DEGRADATION, new Reading.Exact(larger));
        readings.put(Bound.Quantity.IMPROVEMENT, new Reading.Exact(-larger));
        readings.put(Bound.Quantity.DEGRADATION_PERCENT, new Reading.Exact(100 * larger / referenceBytes));
        readings.put(Bound.Quantity.IMPROVEMENT_PERCENT, new Reading.Exact(-100 * larger / referenceBytes));
        return new Evidence.Whole(
                new Sample(readings, new Sample.Comparison(reference, referenceBytes, Double.NaN, List.of())));
    }

    /** Random numbers of their own for each metric and set of rows, from the one seed that the report names. */
    private Bootstrap bootstrap(Gate gate, String rows) {
        return new Bootstrap(seed, gate.measure().spelling() + "|" + rows);
    }
}
