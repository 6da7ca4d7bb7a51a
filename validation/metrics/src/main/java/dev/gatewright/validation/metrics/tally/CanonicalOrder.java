// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.LabelSets;
import java.util.Arrays;

/** An order of cells that does not depend on that in which the sets of their rows were met. */
final class CanonicalOrder {
    private CanonicalOrder() {}

    /** Cells made of two or three numbers of {@code sets}, the first one highest; given in ascending order. */
    static long[] of(long[] cells, LabelSets sets) {
        if (sets.areOfOneClass()) {
            return cells;
        }
        return Arrays.stream(cells)
                .boxed()
                .sorted((one, other) -> compare(one, other, sets))
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static int compare(long one, long other, LabelSets sets) {
        if (one == other) {
            return 0;
        }
        long bound = sets.bound();
        int higher = compare(one / bound, other / bound, sets);
        return higher != 0 ? higher : sets.compare((int) (one % bound), (int) (other % bound));
    }
}
