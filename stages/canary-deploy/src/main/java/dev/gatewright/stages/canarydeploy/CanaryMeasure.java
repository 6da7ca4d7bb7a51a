// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.util.List;
import java.util.Optional;

/** What is judged of a candidate. All that rests on traffic is of this run: another one sees other requests. */
enum CanaryMeasure implements Measure {
    /** The share of requests that were not answered, or with 429 or 5xx. */
    ERROR_RATE("error_rate", Unit.FRACTION, Direction.LOWER_IS_BETTER, 0),
    /** The time that half of the answers did not exceed. */
    LATENCY_P50_MS("latency_p50_ms", Unit.MILLISECONDS, Direction.LOWER_IS_BETTER, 0.5),
    /** The time that 95 of 100 answers did not exceed. */
    LATENCY_P95_MS("latency_p95_ms", Unit.MILLISECONDS, Direction.LOWER_IS_BETTER, 0.95),
    /** The time that 99 of 100 answers did not exceed. */
    LATENCY_P99_MS("latency_p99_ms", Unit.MILLISECONDS, Direction.LOWER_IS_BETTER, 0.99),
    /** The share of the replayed rows that were answered whose class is right; those that were not are errors. */
    ACCURACY("accuracy", Unit.FRACTION, Direction.HIGHER_IS_BETTER, 0),
    /** Requests that reached the candidate in a step. */
    CANDIDATE_REQUESTS("candidate_requests", Unit.NUMBER, Direction.HIGHER_IS_BETTER, 0),
    /** Golden rows that the candidate does not answer as the judged model; always judged: none. */
    GOLDEN_MISMATCHES("golden_mismatches", Unit.NUMBER, Direction.LOWER_IS_BETTER, 0),
    /** Golden rows that stable, when traffic has returned to it, does not answer as before; always judged: none. */
    STABLE_MISMATCHES("stable_mismatches", Unit.NUMBER, Direction.LOWER_IS_BETTER, 0);

    /** Those that gates of a spec may be on. */
    static final List<CanaryMeasure> OF_GATES =
            List.of(ERROR_RATE, LATENCY_P50_MS, LATENCY_P95_MS, LATENCY_P99_MS, ACCURACY);

    private final String spelling;
    private final Unit unit;
    private final Direction direction;
    private final double quantile;

    CanaryMeasure(String spelling, Unit unit, Direction direction, double quantile) {
        this.spelling = spelling;
        this.unit = unit;
        this.direction = direction;
        this.quantile = quantile;
    }

    /** The one that a gate calls {@code name}. */
    static Optional<CanaryMeasure> ofGate(String name) {
        return OF_GATES.stream().filter(each -> each.spelling.equals(name)).findFirst();
    }

    /** The share of answers that its time covers; 0 for what is no time. */
    double quantile() {
        return quantile;
    }

    /** A gate that is always on. */
    GateResult always(Bound.Kind kind, double limit, long value) {
        return GateJudge.judge(Gate.of(this, kind, limit), Evidence.exact((double) value));
    }

    /** Their names. */
    static List<String> names() {
        return OF_GATES.stream().map(CanaryMeasure::spelling).toList();
    }

    @Override
    public String spelling() {
        return spelling;
    }

    @Override
    public Unit unit() {
        return unit;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public boolean isRunTime() {
        return this != GOLDEN_MISMATCHES && this != STABLE_MISMATCHES;
    }
}
