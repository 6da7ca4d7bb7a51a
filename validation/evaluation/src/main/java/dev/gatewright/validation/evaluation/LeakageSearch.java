// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.evaluation.EvaluationRequest.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the rows that occur in the training data, too: the same bytes of all inputs of the model, compared by the first 64 bits
 * of their SHA-256. Of 10 million rows against 10 million, one is taken for seen wrongly with a probability of 5 in a million.
 *
 * <p>Memory is 8 bytes a row that is judged. The rows are read once to hash them and, where some were seen, once more to name
 * them; the training data once.
 */
final class LeakageSearch {
    private static final int SHOWN = 10;
    private static final int FIRST_ROOM = 1 << 12;

    private final List<Field.Matrix> features;
    private final Selection selection;

    private LeakageSearch(List<Field.Matrix> features, Selection selection) {
        this.features = features;
        this.selection = selection;
    }

    /**
     * Looks for the rows of {@code selection} in the training data.
     *
     * @param fields those of the rows that are judged
     * @param ofTraining those of the training data, for the same model
     * @throws EvaluationFailedException if the training data is empty or has rows of another shape
     */
    static Leakage run(Training training, RowFields fields, Selection selection, RowFields ofTraining) {
        LeakageSearch search = new LeakageSearch(fields.features(), selection);
        long[] known = search.hashes();
        BitSet seen = new BitSet(known.length);
        try (DataFile file = training.open()) {
            // Its label and slices may be other ones; the features are what is compared.
            Selection rows = Evaluator.select(file, List.copyOf(ofTraining.features()));
            search.checkShapes(file, ofTraining.features(), rows);
            long[] count = {0};
            new RowHashes(ofTraining.features(), rows).forEach((row, hash) -> {
                count[0] = row;
                int position = Arrays.binarySearch(known, hash);
                if (position >= 0) {
                    seen.set(position);
                }
            });
            if (count[0] == 0) {
                throw new EvaluationFailedException(
                        training.path() + " has no rows, so that nothing can be said of leakage", null);
            }
            String sha256 = file.digest();
            file.verifyUnchanged();
            return search.count(known, seen, training, file.size(), sha256, count[0]);
        }
    }

    /** The hashes of all rows that are judged, sorted; where several rows have the same one, it is there once. */
    private long[] hashes() {
        long rows = selection.rowCount().orElse(FIRST_ROOM);
        long[][] hashes = {new long[(int) Math.max(1, Math.min(rows, Integer.MAX_VALUE - 8))]};
        int[] count = {0};
        new RowHashes(features, selection).forEach((row, hash) -> {
            if (count[0] == hashes[0].length) {
                hashes[0] = Arrays.copyOf(hashes[0], Math.addExact(count[0], count[0] / 2 + 1));
            }
            hashes[0][count[0]++] = hash;
        });
        Arrays.sort(hashes[0], 0, count[0]);
        int different = 0;
        for (int i = 0; i < count[0]; i++) {
            if (different == 0 || hashes[0][different - 1] != hashes[0][i]) {
                hashes[0][different++] = hashes[0][i];
            }
        }
        return different == hashes[0].length ? hashes[0] : Arrays.copyOf(hashes[0], different);
    }

    private void checkShapes(DataFile file, List<Field.Matrix> matrices, Selection rows) {
        for (int i = 0; i < features.size(); i++) {
            List<Integer> wanted = selection.shape(features.get(i));
            List<Integer> found = rows.shape(matrices.get(i));
            if (!wanted.equals(found)) {
                throw new EvaluationFailedException(
                        "a row of " + features.get(i).purpose() + " has the shape " + found + " in " + file.path()
                                + " and " + wanted + " in the rows that are judged, so that none can be the same;"
                                + " select and prepare both in the same way",
                        null);
            }
        }
    }

    private Leakage count(long[] known, BitSet seen, Training training, long bytes, String sha256, long trainingRows) {
        long[] rows = {0, 0};
        List<Long> first = new ArrayList<>();
        new RowHashes(features, selection).forEach((row, hash) -> {
            rows[0] = row;
            if (seen.get(Arrays.binarySearch(known, hash))) {
                rows[1]++;
                if (first.size() < SHOWN) {
                    first.add(row);
                }
            }
        });
        return new Leakage(training.path(), bytes, sha256, trainingRows, rows[0], rows[1], first);
    }
}
