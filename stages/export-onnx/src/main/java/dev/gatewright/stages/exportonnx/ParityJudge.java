// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.validation.evaluation.OutputParity;
import dev.gatewright.validation.evaluation.Parity;
import dev.gatewright.validation.evaluation.Steadiness;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.sourcemodels.FedParity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds the gates on an exported model's distance from its source against what was measured.
 *
 * @param fed how the user's own preprocessing compares; none where the spec names none
 */
record ParityJudge(
        Parity parity, Steadiness steadiness, @Nullable FedParity fed, List<String> defects) {
    private static final String DROPOUT =
            "its answers to the same rows change, as where dropout was left on: export it in evaluation mode";

    /** The gates that are always on. */
    List<GateResult> always() {
        GateResult structure = GateJudge.judge(gate(ParityMeasure.Kind.DEFECTS), Evidence.exact(defects.size()));
        GateResult repeats = judge(gate(ParityMeasure.Kind.REPEATS));
        return List.of(structure.failingBecause(String.join("; ", defects)), repeats.failingBecause(DROPOUT));
    }

    private static Gate gate(ParityMeasure.Kind kind) {
        return Gate.of(new ParityMeasure(kind, null), Bound.Kind.MAX, 0);
    }

    /** A gate of the spec. */
    GateResult judge(Gate gate) {
        GateResult result = GateJudge.judge(gate, evidence((ParityMeasure) gate.measure()));
        return fed != null && fed.cause() != null && isOf(gate, ParityMeasure.Kind.PREPROCESSING)
                ? result.failingBecause(fed.cause())
                : result;
    }

    private static boolean isOf(Gate gate, ParityMeasure.Kind kind) {
        return ((ParityMeasure) gate.measure()).kind() == kind;
    }

    private Evidence evidence(ParityMeasure measure) {
        return switch (measure.kind()) {
            case DEFECTS -> Evidence.exact(defects.size());
            case REPEATS -> steady(steadiness.repeats());
            case BATCHES ->
                steadiness.fixedBatch() > 0
                        ? new Evidence.Missing(
                                "the model takes batches of " + steadiness.fixedBatch() + " and no others")
                        : steadiness.failures().isEmpty()
                                ? steady(steadiness.batches())
                                : new Evidence.Missing(steadiness.failures().get(0));
            case PREPROCESSING ->
                fed == null
                        ? new Evidence.Missing("the spec names no model.source.preprocess")
                        : fed.defect() != null ? new Evidence.Missing(fed.defect()) : Evidence.exact(fed.difference());
            default -> ofOutputs(measure);
        };
    }

    private static Evidence steady(double difference) {
        // A text that changes, or a NaN that comes and goes, is a difference that no number tells.
        return Evidence.exact(Double.isInfinite(difference) ? Double.MAX_VALUE : difference);
    }

    private Evidence ofOutputs(ParityMeasure measure) {
        boolean floats = measure.kind() != ParityMeasure.Kind.UNEQUAL;
        double worst = Double.NaN;
        for (OutputParity output : parity.outputs()) {
            boolean isMeant = measure.output() == null
                    ? output.isOfFloats() == floats || output.defect() != null
                    : output.name().equals(measure.output());
            if (!isMeant) {
                continue;
            }
            if (output.defect() != null) {
                return new Evidence.Missing(output.defect());
            }
            if (output.isOfFloats() != floats) {
                return new Evidence.Missing(
                        "output '" + output.name() + "' is " + (floats ? "not of floats" : "of floats")
                                + "; write metric: " + (floats ? "unequal_share" : "max_absolute_difference"));
            }
            double value = value(measure.kind(), output);
            worst = Double.isNaN(worst) ? value : Math.max(worst, value);
        }
        return Double.isNaN(worst)
                ? new Evidence.Missing(
                        measure.output() == null
                                ? "the source has no output " + (floats ? "of floats" : "that is not of floats")
                                : "the source has no output '" + measure.output() + "', but "
                                        + parity.outputs().stream()
                                                .map(OutputParity::name)
                                                .toList())
                : Evidence.exact(worst);
    }

    private static double value(ParityMeasure.Kind kind, OutputParity output) {
        return switch (kind) {
            case ABSOLUTE -> output.maxAbsolute();
            case RELATIVE -> output.maxRelative();
            case TOLERANCE -> output.tolerance();
            case UNEQUAL -> output.elements() == 0 ? Double.NaN : (double) output.unequal() / output.elements();
            default -> throw new IllegalArgumentException(kind.name().toLowerCase(Locale.ROOT) + " is of no output");
        };
    }

    /** What a report shows beside the gates. */
    List<MeasuredMetric> metrics() {
        List<MeasuredMetric> metrics = new ArrayList<>();
        for (OutputParity output : parity.outputs()) {
            for (ParityMeasure.Kind kind : ParityMeasure.Kind.values()) {
                boolean isOfIt = kind.isOfOutputs() && (kind == ParityMeasure.Kind.UNEQUAL) != output.isOfFloats();
                if (isOfIt && output.defect() == null) {
                    metrics.add(metric(new ParityMeasure(kind, output.name()), value(kind, output)));
                }
            }
        }
        metrics.add(metric(new ParityMeasure(ParityMeasure.Kind.BATCHES, null), steadiness.batches()));
        if (fed != null && fed.defect() == null) {
            metrics.add(metric(new ParityMeasure(ParityMeasure.Kind.PREPROCESSING, null), fed.difference()));
        }
        return metrics;
    }

    private static MeasuredMetric metric(ParityMeasure measure, double value) {
        return new MeasuredMetric(measure, "", value, 0, null);
    }
}
