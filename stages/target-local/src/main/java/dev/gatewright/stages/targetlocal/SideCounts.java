// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one side was asked. Times are kept to within 1% of themselves, so that any number of them takes little room. */
final class SideCounts {
    private static final int BITS = 7;
    private static final double NANOS_A_MILLISECOND = 1e6;
    /** More of them would be no news, and have to fit into a document. */
    static final int MOST_TIMES = 1_000_000;

    private final Map<Long, Long> times = new TreeMap<>();
    private long requests;
    private long errors;
    private long timed;

    /** Counts an answer, right or wrong, that took {@code nanos}. */
    synchronized void answered(boolean isError, long nanos) {
        requests++;
        errors += isError ? 1 : 0;
        if (!isError && timed < MOST_TIMES) {
            timed++;
            times.merge(rounded(nanos), 1L, Long::sum);
        }
    }

    /** Counts a request without an answer. */
    synchronized void failed() {
        requests++;
        errors++;
    }

    /** To the nearest number with so few bits, from the 8th on zeros. */
    static long rounded(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - BITS);
        return shift == 0 ? nanos : ((nanos + (1L << (shift - 1))) >> shift) << shift;
    }

    synchronized Json json() {
        List<Json> pairs = new ArrayList<>();
        times.forEach((time, count) ->
                pairs.add(new Json.Arr(List.of(Json.of(time / NANOS_A_MILLISECOND), Json.of((long) count)))));
        return Json.object()
                .put("requests", requests)
                .put("errors", errors)
                .put("milliseconds", pairs)
                .build();
    }
}
