// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives scores in ascending order, as {@link OrderedBits} of doubles: a block at a time, or as many at a time as are lower than
 * another score.
 */
abstract class ScoreCursor {
    /** Above all scores: where there are none left. */
    static final long END = Long.MAX_VALUE;

    private static final int BLOCK = 1 << 12;

    private final long[] block = new long[BLOCK];
    private int size;
    private int next;

    /** The lowest score that is left, or {@link #END}. */
    final long lowest() {
        if (next == size) {
            fill();
        }
        return block[next];
    }

    /** Passes all that are left and lower than {@code score}, and tells how many. */
    final long passBelow(long score) {
        long passed = 0;
        while (lowest() < score) {
            int first = next;
            int end = first + 1;
            while (end < size && block[end] < score) {
                end++;
            }
            passed += end - first;
            next = end;
        }
        return passed;
    }

    /** Fills the block anew; a cursor without scores gives {@link #END} alone, again and again. */
    final void fill() {
        next = 0;
        size = read(block);
        if (size == 0) {
            block[size++] = END;
        }
    }

    /** The scores that were read last, from 0 to {@link #size}. */
    final long[] block() {
        return block;
    }

    final int size() {
        return size;
    }

    /** Reads the next scores, as many as fit, and tells how many; 0 if there are none. */
    abstract int read(long[] scores);

    /** The scores of all {@code runs}. */
    static ScoreCursor over(List<SortedRun> runs) {
        List<ScoreCursor> cursors = new ArrayList<>();
        runs.forEach(run -> cursors.add(new OfRun(run)));
        while (cursors.size() > 1) {
            // Each time the two that were merged least.
            cursors.add(new OfTwo(cursors.remove(0), cursors.remove(0)));
        }
        return cursors.isEmpty() ? new OfRun(SortedRun.ofDoubles(new long[0])) : cursors.get(0);
    }

    private static final class OfRun extends ScoreCursor {
        private final SortedRun run;
        private int position;

        OfRun(SortedRun run) {
            this.run = run;
        }

        @Override
        int read(long[] scores) {
            int count = run.read(position, scores);
            position += count;
            return count;
        }
    }

    /** Merges two. */
    private static final class OfTwo extends ScoreCursor {
        private final ScoreCursor first;
        private final ScoreCursor second;
        private int nextOfFirst;
        private int nextOfSecond;

        OfTwo(ScoreCursor first, ScoreCursor second) {
            this.first = first;
            this.second = second;
            first.fill();
            second.fill();
        }

        @Override
        int read(long[] scores) {
            long[] ones = first.block();
            long[] others = second.block();
            int i = nextOfFirst;
            int j = nextOfSecond;
            int count = 0;
            while (count < scores.length) {
                long one = ones[i];
                long other = others[j];
                // Which of both is lower cannot be foretold: no branch hangs on it.
                int step = one <= other ? 1 : 0;
                long lower = Math.min(one, other);
                if (lower == END) {
                    break;
                }
                scores[count++] = lower;
                i += step;
                j += 1 - step;
                if (i == first.size()) {
                    first.fill();
                    i = 0;
                }
                if (j == second.size()) {
                    second.fill();
                    j = 0;
                }
            }
            nextOfFirst = i;
            nextOfSecond = j;
            return count;
        }
    }
}
