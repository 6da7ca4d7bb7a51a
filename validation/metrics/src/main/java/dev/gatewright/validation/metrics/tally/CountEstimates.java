// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.BootstrapEstimate;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.Jackknife;
import dev.gatewright.validation.metrics.statistics.NormalEstimate;

/** Estimates of numbers that follow from counts. */
final class CountEstimates {
    /** More different cells would take many seconds to resample. */
    static final int MOST_RESAMPLED = 4096;

    private CountEstimates() {}

    /**
     * The estimate of {@code statistic}: by bootstrap, of more than {@value #MOST_RESAMPLED} cells normal by the jackknife; or,
     * where no row makes a difference, by what has not been seen.
     */
    static Estimate of(long[] cells, long[] rows, CellStatistic statistic, Bootstrap bootstrap) {
        double value = cells.length == 0 ? Double.NaN : statistic.over(cells).valueOf(rows);
        return new LazyEstimate(value, () -> {
            if (cells.length > MOST_RESAMPLED) {
                double error = Jackknife.standardError(statistic.withoutOne(cells, rows), rows);
                return error == 0 ? UnseenRows.of(value, cells, rows, statistic) : new NormalEstimate(value, error);
            }
            BootstrapEstimate estimate = bootstrap.ofCounts(rows, statistic.over(cells));
            return estimate.isConstant() ? UnseenRows.of(value, cells, rows, statistic) : estimate;
        });
    }
}
