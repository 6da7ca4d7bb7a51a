// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.GateResolver;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.statistics.Power;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * Warns of a gate whose margin is finer than what the rows can show: it would cost a run to learn that it cannot pass, or that
 * chance decides it.
 *
 * <p>How often two models differ is not known before the run. The check plans with {@value #DISCORDANCE} of the rows, which two
 * models that are about equal seldom stay below; the comparison's own power stands in the report.
 */
final class PowerCheck {
    /** The share of rows on which just one of both models is right, as planned with. */
    static final double DISCORDANCE = 0.05;

    private static final double USUAL_CONFIDENCE = 0.95;
    private static final long MOST_ROWS = 1L << 40;

    private final EvaluationSection section;
    private final Spec spec;
    private final Problems problems;

    PowerCheck(EvaluationSection section, Spec spec, Problems problems) {
        this.section = section;
        this.spec = spec;
        this.problems = problems;
    }

    /** Warns of each gate that {@code rows} rows are too few for. */
    void check(long rows) {
        if (rows < 1) {
            return;
        }
        // What is wrong with a gate was told already.
        GateResolver resolver = new GateResolver(
                spec.model(), Requests.slices(section, spec), Requests.comparisons(section, spec), new Problems());
        for (GateRequest request : section.gates()) {
            resolver.resolve(request).ifPresent(gate -> check(request, gate, rows));
        }
    }

    private void check(GateRequest request, Gate gate, long rows) {
        Double confidence = gate.confidence();
        for (Bound bound : gate.bounds()) {
            double margin = margin(gate, bound);
            double level = confidence == null ? USUAL_CONFIDENCE : confidence;
            double finest = finest(rows, level);
            if (margin < finest) {
                problems.warn(
                        request.place(),
                        bound + " of " + gate.measure().spelling() + " is finer than what about " + rows
                                + " rows can show, " + Numbers.rounded(finest, RoundingMode.CEILING)
                                + " where the two models differ on " + Numbers.rounded(100 * DISCORDANCE)
                                + "% of them, so "
                                + (confidence == null ? "chance may decide it" : "it will probably be INCONCLUSIVE")
                                + "; it takes " + remedy(margin, level));
            }
        }
    }

    /** The margin as a share of the rows; infinite where rows do not limit what a bound can show, or in an unknown way. */
    private static double margin(Gate gate, Bound bound) {
        if (gate.measure().unit() != Unit.FRACTION) {
            return Double.POSITIVE_INFINITY;
        }
        return switch (bound.kind()) {
            case MAX_DEGRADATION -> bound.limit();
            // Of a value that is 1 at most.
            case MAX_DEGRADATION_PERCENT -> bound.limit() / 100;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    /** The smallest margin that so many rows can show; above every margin where they cannot show any. */
    private static double finest(long rows, double level) {
        OptionalDouble margin = new Power(rows, level, Power.USUAL).nonInferiorityMargin(DISCORDANCE);
        return margin.orElse(1);
    }

    private static String remedy(double margin, double level) {
        if (margin <= 0 || finest(MOST_ROWS, level) > margin) {
            return "a larger margin";
        }
        long few = 1;
        long enough = MOST_ROWS;
        while (enough - few > Math.max(1, few / 1000)) {
            long middle = few + (enough - few) / 2;
            if (finest(middle, level) <= margin) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return "about " + enough + " rows, or a larger margin";
    }
}
