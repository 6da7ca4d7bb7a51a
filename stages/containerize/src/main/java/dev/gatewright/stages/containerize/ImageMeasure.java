// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Measure;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;

/** What gates of this stage are about; all of it is better the lower it is. */
enum ImageMeasure implements Measure {
    /** The bytes of the image's layers, as they are stored and pushed, with its config and manifest. */
    IMAGE_BYTES("image_bytes", Unit.BYTES, false),
    /** From the start of the image's server to its being ready. */
    COLD_START_MS("cold_start_ms", Unit.MILLISECONDS, true),
    /** The most resident memory that the image's server held while it answered the golden rows, its Java included, in 10⁶ bytes. */
    SERVER_MEMORY_MB("server_memory_mb", Unit.MEGABYTES, true),
    /** Golden rows that the booted image answers otherwise than the judged model does; always judged: none. */
    GOLDEN_MISMATCHES("golden_mismatches", Unit.NUMBER, false),
    /** Blobs that the image names and the layout lacks, or has with another size; always judged: none. */
    MISSING_BLOBS("missing_blobs", Unit.NUMBER, false),
    /** Files of the model that are not as they were when they were judged, after they were packed; always judged: none. */
    MODEL_CHANGES("model_changes", Unit.NUMBER, false);

    private final String spelling;
    private final Unit unit;
    private final boolean runTime;

    ImageMeasure(String spelling, Unit unit, boolean runTime) {
        this.spelling = spelling;
        this.unit = unit;
        this.runTime = runTime;
    }

    /** Whether it is judged whatever the spec says, so that no gate of the spec names it. */
    boolean isAlwaysOn() {
        return this == GOLDEN_MISMATCHES || this == MISSING_BLOBS || this == MODEL_CHANGES;
    }

    /** The gate that is always on, {@code max 0}, judged with {@code count}. */
    GateResult none(long count) {
        return GateJudge.judge(Gate.of(this, Bound.Kind.MAX, 0), Evidence.exact((double) count));
    }

    /** {@code gate}, which is on this measure, judged with {@code value}. */
    static GateResult judge(Gate gate, double value) {
        return GateJudge.judge(gate, Evidence.exact(value));
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
