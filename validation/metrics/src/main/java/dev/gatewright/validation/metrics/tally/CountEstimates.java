// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.BootstrapEstimate;
import dev.gatewright.validation.metrics.statistics.Estimate;

/** Estimates of numbers that follow from counts. */
final class CountEstimates {
    private CountEstimates() {}

    /** The estimate of {@code statistic}: by bootstrap, or, where no resample differs, by what has not been seen. */
    static Estimate of(long[] cells, long[] rows, CellStatistic statistic, Bootstrap bootstrap) {
        double value = cells.length == 0 ? Double.NaN : statistic.over(cells).valueOf(rows);
        return new LazyEstimate(value, () -> {
            BootstrapEstimate estimate = bootstrap.ofCounts(rows, statistic.over(cells));
            return estimate.isConstant() ? UnseenRows.of(value, cells, rows, statistic) : estimate;
        });
    }
}
