// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;

/** What the gates that are always on are about: that a form is one, whole, and of the same model. */
enum FormMeasure implements Measure {
    /** Nodes that became smaller: at least one, or nothing was quantised. */
    QUANTISED_NODES("quantised_nodes", Direction.HIGHER_IS_BETTER, Bound.Kind.MIN, 1),
    /** Nodes that could become smaller: none, where the model passes through as it is. */
    QUANTISABLE_NODES("quantisable_nodes", Direction.LOWER_IS_BETTER, Bound.Kind.MAX, 0),
    /** Inputs and outputs that have another name, type or shape than the original's, or no counterpart. */
    INTERFACE_CHANGES("interface_changes", Direction.LOWER_IS_BETTER, Bound.Kind.MAX, 0),
    /** Rows that the form, read again from the disk, answered on ONNX Runtime. */
    ANSWERED_ROWS("answered_rows", Direction.HIGHER_IS_BETTER, Bound.Kind.MIN, 1),
    /** Files of the original that are not as they were before. */
    ORIGINAL_CHANGES("original_changes", Direction.LOWER_IS_BETTER, Bound.Kind.MAX, 0);

    private final String spelling;
    private final Direction direction;
    private final Bound.Kind kind;
    private final double limit;

    FormMeasure(String spelling, Direction direction, Bound.Kind kind, double limit) {
        this.spelling = spelling;
        this.direction = direction;
        this.kind = kind;
        this.limit = limit;
    }

    /** The gate on it, judged with {@code count}. */
    GateResult judged(long count) {
        return GateJudge.judge(gate(), Evidence.exact((double) count));
    }

    /** The gate on it where nobody can count; {@code why} completes "could not be judged: …". */
    GateResult unjudged(String why) {
        return GateJudge.notEvaluated(gate(), why);
    }

    private Gate gate() {
        return Gate.of(this, kind, limit);
    }

    @Override
    public String spelling() {
        return spelling;
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public boolean isRunTime() {
        return false;
    }
}
