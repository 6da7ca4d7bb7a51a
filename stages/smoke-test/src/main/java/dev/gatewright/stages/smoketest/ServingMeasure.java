// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;

/** What only an endpoint has. Those that are always on have a bound of their own; authors bound the others. */
enum ServingMeasure implements Measure {
    /** Golden rows whose answer is not the expected one. */
    GOLDEN_MISMATCHES(
            "golden_mismatches", Unit.NUMBER, false, "Golden rows that are not answered as the judged model does."),
    /** Requests that are wrong and were not refused, or after which the model could not be asked. */
    MALFORMED_ACCEPTED(
            "malformed_accepted", Unit.NUMBER, false, "Malformed requests that got no 4xx, or broke the server."),
    /** Rows that were answered without the key, or with another one. */
    UNAUTHENTICATED_ANSWERS(
            "unauthenticated_answers",
            Unit.NUMBER,
            false,
            "Rows asked without the key, or with a wrong one, that got no 401 or 403."),
    /** Requests of a burst that were neither answered nor refused in order. */
    BURST_FAILURES(
            "burst_failures",
            Unit.NUMBER,
            false,
            "Requests of a burst that got neither the answer nor 'busy' with Retry-After."),
    /** Versions of TLS below the wanted one to which the endpoint agrees. */
    OLDER_TLS_VERSIONS(
            "older_tls_versions",
            Unit.NUMBER,
            false,
            "Versions of TLS below min-version to which the endpoint agrees."),
    /** The days for which its certificates are still valid. */
    CERTIFICATE_DAYS("certificate_days", Unit.NUMBER, true, "The days for which its certificates are still valid.") {
        @Override
        public Direction direction() {
            return Direction.HIGHER_IS_BETTER;
        }
    },
    /** The share of a load's requests that were not answered rightly. */
    ERROR_RATE(
            "error_rate",
            Unit.FRACTION,
            true,
            "The share of the load's requests that were not answered as the judged model does."),
    /** The right answers a second of a load. */
    ACHIEVED_RATE("achieved_rate", Unit.ROWS_A_SECOND, true, "Right answers a second under the load.") {
        @Override
        public Direction direction() {
            return Direction.HIGHER_IS_BETTER;
        }
    },
    /** The requests of a load that were not sent. */
    DROPPED_REQUESTS(
            "dropped_requests",
            Unit.NUMBER,
            true,
            "Requests of the load that were not sent, since no connection was free in time."),
    /** The longest latency of a load. */
    LATENCY_MAX_MS("latency_max_ms", Unit.MILLISECONDS, true, "The longest latency under the load."),
    /** How long it was waited until the model could be asked. */
    READY_AFTER_MS("ready_after_ms", Unit.MILLISECONDS, true, "How long it was waited until the model could be asked.");

    private final String spelling;
    private final Unit unit;
    private final boolean runTime;
    private final String description;

    ServingMeasure(String spelling, Unit unit, boolean runTime, String description) {
        this.spelling = spelling;
        this.unit = unit;
        this.runTime = runTime;
        this.description = description;
    }

    /** What it is, in a sentence. */
    String description() {
        return description;
    }

    /** Whether the program judges it itself wherever it is asked for. */
    boolean isAlwaysOn() {
        return !runTime || this == CERTIFICATE_DAYS;
    }

    /** Whether it is measured under a load. */
    boolean isOfLoad() {
        return this == ERROR_RATE || this == ACHIEVED_RATE || this == DROPPED_REQUESTS || this == LATENCY_MAX_MS;
    }

    /** The gate that is always on, judged: none is allowed. */
    GateResult none(long count) {
        return judged(Bound.Kind.MAX, 0, (double) count);
    }

    /** A gate of the program's own. */
    GateResult judged(Bound.Kind kind, double limit, double value) {
        return GateJudge.judge(Gate.of(this, kind, limit), Evidence.exact(value));
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
        return Direction.LOWER_IS_BETTER;
    }

    @Override
    public boolean isRunTime() {
        return runTime;
    }
}
