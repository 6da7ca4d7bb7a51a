// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.nio.ByteBuffer;

/** Scores in ascending order that do not change any more, in memory or in a file. */
interface SortedRun {
    /** How many scores there are. */
    int size();

    /** Whether each of them is a {@code float}. */
    boolean isNarrow();

    /**
     * Copies the scores from {@code start} on into {@code scores}, as {@link OrderedBits} of doubles, as many as fit and are
     * there, and tells how many.
     */
    int read(int start, long[] scores);

    /** The run of floats that {@code ordered} stand for. */
    static SortedRun ofFloats(int[] ordered) {
        return new OfFloats(ordered);
    }

    /** The run of doubles that {@code ordered} stand for. */
    static SortedRun ofDoubles(long[] ordered) {
        return new OfDoubles(ordered);
    }

    /** The same run, kept in memory if there is any left and else in the file. */
    default SortedRun keptIn(ScoreMemory memory) {
        long bytes = (long) size() * (isNarrow() ? Float.BYTES : Double.BYTES);
        return memory.take(bytes) ? this : InFile.of(this, memory);
    }

    /** Floats as {@link OrderedBits}. */
    final class OfFloats implements SortedRun {
        private final int[] ordered;

        private OfFloats(int[] ordered) {
            this.ordered = ordered;
        }

        @Override
        public int size() {
            return ordered.length;
        }

        @Override
        public boolean isNarrow() {
            return true;
        }

        @Override
        public int read(int start, long[] scores) {
            int count = Math.min(scores.length, ordered.length - start);
            for (int i = 0; i < count; i++) {
                scores[i] = OrderedBits.of((double) OrderedBits.toFloat(ordered[start + i]));
            }
            return count;
        }
    }

    /** Doubles as {@link OrderedBits}. */
    final class OfDoubles implements SortedRun {
        private final long[] ordered;

        private OfDoubles(long[] ordered) {
            this.ordered = ordered;
        }

        @Override
        public int size() {
            return ordered.length;
        }

        @Override
        public boolean isNarrow() {
            return false;
        }

        @Override
        public int read(int start, long[] scores) {
            int count = Math.min(scores.length, ordered.length - start);
            System.arraycopy(ordered, start, scores, 0, count);
            return count;
        }
    }

    /** Scores as floats or as {@link OrderedBits} of doubles at {@code start} of the file of {@code memory}. */
    record InFile(ScoreMemory memory, long start, int size, boolean isNarrow) implements SortedRun {
        private static final int BLOCK = 1 << 13;

        static SortedRun of(SortedRun run, ScoreMemory memory) {
            InFile copy = new InFile(memory, memory.fileSize(), run.size(), run.isNarrow());
            long[] scores = new long[BLOCK];
            ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Double.BYTES);
            for (int first = 0; first < run.size(); first += BLOCK) {
                int count = run.read(first, scores);
                bytes.clear();
                for (int i = 0; i < count; i++) {
                    if (copy.isNarrow) {
                        bytes.putFloat((float) OrderedBits.toDouble(scores[i]));
                    } else {
                        bytes.putLong(scores[i]);
                    }
                }
                memory.append(bytes.flip());
            }
            return copy;
        }

        @Override
        public int read(int first, long[] scores) {
            int count = Math.min(scores.length, size - first);
            int width = isNarrow ? Float.BYTES : Double.BYTES;
            ByteBuffer bytes = ByteBuffer.allocate(count * width);
            memory.read(start + (long) first * width, bytes);
            bytes.flip();
            for (int i = 0; i < count; i++) {
                scores[i] = isNarrow ? OrderedBits.of((double) bytes.getFloat()) : bytes.getLong();
            }
            return count;
        }
    }
}
