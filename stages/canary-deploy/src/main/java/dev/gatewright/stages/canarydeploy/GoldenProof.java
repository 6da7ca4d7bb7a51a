// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.Endpoint;
import dev.gatewright.validation.endpoint.EndpointFailedException;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.InferenceClient;
import dev.gatewright.validation.endpoint.OpenInference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks golden rows of a version. */
final class GoldenProof {
    /** So that a request stays far from every server's limits. */
    private static final int ROWS_A_REQUEST = 16;

    private final String model;

    GoldenProof(String model) {
        this.model = model;
    }

    /**
     * What came of it.
     *
     * @param mismatches rows that were not answered as expected, unanswered ones among them
     * @param first the first of them in words; empty where there is none
     * @param digests that the answers named
     */
    record Result(int mismatches, String first, Set<String> digests) {}

    /** Holds the answers at {@code url} against {@code set}. */
    Result ask(URI url, GoldenSet set) throws InterruptedException {
        int mismatches = 0;
        String first = "";
        try (InferenceClient client = client(url)) {
            for (List<GoldenRow> rows : batches(set)) {
                try {
                    List<Map<String, Elements>> answers = client.ask(set, rows);
                    for (int i = 0; i < rows.size(); i++) {
                        var mismatch = set.mismatch(rows.get(i), answers.get(i), false);
                        mismatches += mismatch.isPresent() ? 1 : 0;
                        first = first.isEmpty()
                                ? mismatch.map(GoldenSet.Mismatch::sentence).orElse("")
                                : first;
                    }
                } catch (EndpointFailedException e) {
                    mismatches += rows.size();
                    first = first.isEmpty() ? String.valueOf(e.getMessage()) : first;
                }
            }
            return new Result(mismatches, first, client.digests());
        }
    }

    /** The same rows with the answers at {@code url} as the expected ones. */
    GoldenSet answersOf(URI url, String digest, GoldenSet set) throws InterruptedException {
        List<GoldenRow> answered = new ArrayList<>();
        try (InferenceClient client = client(url)) {
            for (List<GoldenRow> rows : batches(set)) {
                List<Map<String, Elements>> answers = client.ask(set, rows);
                for (int i = 0; i < rows.size(); i++) {
                    GoldenRow row = rows.get(i);
                    answered.add(new GoldenRow(row.id(), row.inputs(), row.label(), answers.get(i)));
                }
            }
        }
        return new GoldenSet(digest, set.inputs(), set.outputs(), answered, set.tolerance());
    }

    private InferenceClient client(URI url) {
        return new InferenceClient(Endpoint.at(url), new OpenInference(model));
    }

    private static List<List<GoldenRow>> batches(GoldenSet set) {
        List<List<GoldenRow>> batches = new ArrayList<>();
        for (int start = 0; start < set.rows().size(); start += ROWS_A_REQUEST) {
            batches.add(set.rows().subList(start, Math.min(set.rows().size(), start + ROWS_A_REQUEST)));
        }
        return batches;
    }
}
