// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows known by nothing but their kind and their score: 4 bytes a row where all scores are {@code float}s, else 8, in memory
 * or, past the limit of its {@link ScoreMemory}, in a file.
 */
public final class RankedScores implements Ranking {
    private static final byte NARROW = Float.BYTES;
    private static final byte WIDE = Double.BYTES;
    private static final int HEADER_BYTES = 1 + 2 * Integer.BYTES;

    private final ScoreColumn positives;
    private final ScoreColumn negatives;

    /** No rows yet. */
    public RankedScores(ScoreMemory memory) {
        positives = new ScoreColumn(memory);
        negatives = new ScoreColumn(memory);
    }

    /** Adds a row. */
    public void add(boolean positive, double score) {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("a score is " + score + ": it must be finite");
        }
        (positive ? positives : negatives).add(score);
    }

    /** Adds all that {@code other} holds. */
    public void merge(RankedScores other) {
        positives.merge(other.positives);
        negatives.merge(other.negatives);
    }

    @Override
    public long positives() {
        return positives.size();
    }

    @Override
    public long negatives() {
        return negatives.size();
    }

    @Override
    public void walk(Groups groups) {
        ScoreCursor ofPositives = positives.ascending();
        ScoreCursor ofNegatives = negatives.ascending();
        // Scores are integers here: those up to one are those below the next.
        while (true) {
            long score = ofPositives.lowest();
            long below = ofNegatives.passBelow(score);
            if (below > 0) {
                groups.take(0, below);
            }
            if (score == ScoreCursor.END) {
                return;
            }
            groups.take(ofPositives.passBelow(score + 1), ofNegatives.passBelow(score + 1));
        }
    }

    /**
     * The canonical form: the bytes of a score (4 or 8), the numbers of positive and of negative rows, and the scores of
     * both in ascending order.
     *
     * @throws ArithmeticException if they do not fit into an array
     */
    public byte[] toBytes() {
        boolean narrow = positives.isNarrow() && negatives.isNarrow();
        byte width = narrow ? NARROW : WIDE;
        int rows = Math.toIntExact(positives.size() + negatives.size());
        ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(HEADER_BYTES, Math.multiplyExact(rows, width)));
        bytes.put(width).putInt((int) positives.size()).putInt((int) negatives.size());
        put(positives, narrow, bytes);
        put(negatives, narrow, bytes);
        return bytes.array();
    }

    private static void put(ScoreColumn column, boolean narrow, ByteBuffer bytes) {
        ScoreCursor cursor = column.ascending();
        for (long left = column.size(); left > 0; left -= cursor.size()) {
            cursor.fill();
            for (int i = 0; i < cursor.size(); i++) {
                double score = OrderedBits.toDouble(cursor.block()[i]);
                if (narrow) {
                    bytes.putFloat((float) score);
                } else {
                    bytes.putDouble(score);
                }
            }
        }
    }

    /** What {@link #toBytes} wrote; refuses every other form. */
    public static RankedScores fromBytes(byte[] array, ScoreMemory memory) {
        ByteBuffer bytes = ByteBuffer.wrap(array);
        byte width = array.length < HEADER_BYTES ? 0 : bytes.get();
        int up = width == 0 ? 0 : bytes.getInt();
        int down = width == 0 ? 0 : bytes.getInt();
        boolean known = width == NARROW || width == WIDE;
        if (!known || up < 0 || down < 0 || ((long) up + down) * width != bytes.remaining()) {
            throw new IllegalArgumentException("these " + array.length + " bytes are no ranked scores");
        }
        RankedScores scores = new RankedScores(memory);
        for (int i = 0; i < up + down; i++) {
            scores.add(i < up, width == NARROW ? bytes.getFloat() : bytes.getDouble());
        }
        if (!Arrays.equals(scores.toBytes(), array)) {
            throw new IllegalArgumentException("these " + array.length + " bytes are no ranked scores in their order");
        }
        return scores;
    }
}
