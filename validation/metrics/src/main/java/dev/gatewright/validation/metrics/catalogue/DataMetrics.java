// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;
import java.util.List;

/** The metrics of the rows themselves, whatever a model says of them. */
public final class DataMetrics {
    /** The share of the rows that the training has seen. */
    public static final Metric LEAKAGE = new Metric(
            "leakage",
            "overlap with the training data",
            Unit.FRACTION,
            Range.FROM_0_TO_1,
            Direction.LOWER_IS_BETTER,
            new Kernel.Overlap(),
            EnumSet.noneOf(Metric.Option.class),
            "rows whose inputs, as the model gets them, occur byte for byte in the training data / all rows",
            WorkedExample.of(
                    "a b c", "a x a y", "of the training data's a, b and c, two of the four rows are there", 0.5),
            "counted");

    /** All of them, in the order in which they are shown. */
    static final List<Metric> ALL = List.of(LEAKAGE);

    private DataMetrics() {}
}
