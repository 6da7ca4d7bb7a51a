// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.statistics.CountStatistic;

/** A number that follows from how many rows fell into which cells. */
interface CellStatistic {
    /** The statistic for counts of these cells, in their order. */
    CountStatistic over(long[] cells);

    /** The statistic for these counts without one of the rows of each cell in turn. */
    double[] withoutOne(long[] cells, long[] counts);

    /** The cells into which a row of {@code cell} would have fallen, had one prediction been another. */
    long[] neighbours(long cell);

    /** How many neighbours a cell has. */
    int neighbourCount();
}
