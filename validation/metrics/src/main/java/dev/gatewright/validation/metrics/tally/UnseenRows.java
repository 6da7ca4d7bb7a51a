// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.metrics.statistics.NormalEstimate;
import dev.gatewright.validation.metrics.statistics.Side;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * An estimate where all rows agree, as for a model without an error or for two models with the same answers: resampling
 * them shows no spread, but rows that were not seen may still differ.
 *
 * <p>Of n rows none differed, so at most a share of {@code 1 - (level/2)^(1/n)} of all rows does (Clopper and Pearson, 1934,
 * for no event). The interval runs from the least to the greatest value that the statistic takes when so many of the
 * observed rows, rounded up, move one by one to that neighbouring cell where they change it most.
 */
final class UnseenRows implements Estimate {
    static final String METHOD = "no differing row seen";

    /** More rows than this would be needed only at levels below 1e-27. */
    private static final int MOST_MOVES = 64;

    /** Larger tables would take minutes; they have no interval. */
    private static final long MOST_NEIGHBOURS = 200_000;

    private final double value;
    private final long n;
    private final IntToDoubleFunction lowest;
    private final IntToDoubleFunction highest;

    /**
     * An estimate of any statistic of {@code n} rows.
     *
     * @param lowest the least value after so many rows have moved, NaN where that is not known; it falls with the number
     * @param highest the greatest one
     */
    UnseenRows(double value, long n, IntToDoubleFunction lowest, IntToDoubleFunction highest) {
        this.value = value;
        this.n = n;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The estimate; one without intervals where the value is undefined or the table is too large. */
    static Estimate of(double value, long[] cells, long[] rows, CellStatistic statistic) {
        if (!Double.isFinite(value) || (long) cells.length * statistic.neighbourCount() > MOST_NEIGHBOURS) {
            return new NormalEstimate(value, Double.NaN);
        }
        long n = 0;
        for (long count : rows) {
            n += count;
        }
        return new UnseenRows(
                value, n, new Moves(cells, rows, statistic, -1)::after, new Moves(cells, rows, statistic, 1)::after);
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public Optional<Interval> interval(double confidence) {
        long moves = (long) StrictMath.ceil(n * (1 - StrictMath.pow((1 - confidence) / 2, 1.0 / n)));
        if (moves > Math.min(n, MOST_MOVES)) {
            return Optional.empty();
        }
        double low = lowest.applyAsDouble((int) moves);
        double high = highest.applyAsDouble((int) moves);
        return Double.isFinite(low) && Double.isFinite(high)
                ? Optional.of(new Interval(low, high, confidence, METHOD))
                : Optional.empty();
    }

    @Override
    public double pValue(double bound, Side side) {
        IntToDoubleFunction towardsBound = side == Side.ABOVE ? lowest : highest;
        int moves = 0;
        while (moves < Math.min(n, MOST_MOVES) && side.holds(towardsBound.applyAsDouble(moves + 1), bound)) {
            moves++;
        }
        // The interval at level 2 (1 - moves/n)^n needs exactly so many moves.
        return moves == 0 ? 1 : Math.min(1, 2 * StrictMath.pow(1 - (double) moves / n, (double) n));
    }
}
