// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;
import java.util.List;

/** The metrics that are themselves a comparison: of a model with the one that its gate names. */
public final class PairMetrics {
    /** The share of the rows on which both say the same, be it right or wrong. */
    public static final Metric AGREEMENT = new Metric(
            "agreement",
            "agreement with the other model",
            Unit.FRACTION,
            Range.FROM_0_TO_1,
            Direction.HIGHER_IS_BETTER,
            new Kernel.SameAnswers(),
            EnumSet.noneOf(Metric.Option.class),
            "rows that both models answer with the same class (or the same set of classes) / all rows",
            WorkedExample.of(
                    "", "a,a b,b a,c c,c", "answers a b a c, and a b c c of the other model: 3 of 4 rows alike", 0.75),
            "counted");

    /** The bytes of the model's files over those of the other model's. */
    public static final Metric SIZE_RATIO = new Metric(
            "size_ratio",
            "size over the other model's",
            Unit.NUMBER,
            Range.FROM_0,
            Direction.LOWER_IS_BETTER,
            new Kernel.SizeRatio(),
            EnumSet.noneOf(Metric.Option.class),
            "bytes of the model's file and of all its external data / those of the other model",
            WorkedExample.of("", "270 1000", "270 bytes / 1000 bytes", 0.27),
            "counted");

    /** All of them, in the order in which they are shown. */
    static final List<Metric> ALL = List.of(AGREEMENT, SIZE_RATIO);

    private PairMetrics() {}
}
