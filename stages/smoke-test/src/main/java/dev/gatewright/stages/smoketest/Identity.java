// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What proves that the endpoint serves the judged model.
 *
 * @param judged the judged model's digest; none where only a file written by hand says what is expected
 * @param strongest the strongest proof that was had; none where nothing proves it
 */
record Identity(@Nullable String judged, @Nullable Proof strongest) {
    /** Proofs, the strongest first. */
    enum Proof {
        /** The endpoint names the digest of the model that answers. */
        DIGEST("digest"),
        /** Its answers to the golden rows equal the judged model's. */
        GOLDEN("golden");

        private final String spelling;

        Proof(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    /**
     * The proof that there is.
     *
     * @param reported the digests that the endpoint has named, with every answer so far
     * @param answersEqual whether golden rows with the judged model's answers were all answered so
     * @throws StageFailedException if the endpoint names another model, or two in turn
     */
    static Identity of(String endpoint, @Nullable String judged, Set<String> reported, boolean answersEqual) {
        if (judged != null) {
            List<String> others = new ArrayList<>(reported);
            others.remove(judged);
            if (!others.isEmpty()) {
                boolean both = reported.contains(judged);
                throw new StageFailedException(
                        "the judged model's digest is " + judged + ", and " + endpoint + " serves "
                                + (both ? "it and " : "") + String.join(" and ", others),
                        "deploy the model that was judged, or judge the one that is deployed",
                        null);
            }
        }
        boolean named = judged != null && !reported.isEmpty();
        return new Identity(judged, named ? Proof.DIGEST : answersEqual ? Proof.GOLDEN : null);
    }

    /** @throws StageFailedException if {@code demanded} is stronger than what was had */
    void demand(@Nullable Proof demanded) {
        if (demanded != null && (strongest == null || strongest.compareTo(demanded) > 0)) {
            throw new StageFailedException(
                    "the spec demands the proof of identity '" + demanded.spelling() + "', and "
                            + (strongest == null
                                    ? "none was had"
                                    : "the strongest that was had is '" + strongest.spelling() + "'")
                            + (judged == null ? ", since the golden file names no model" : ""),
                    "serve the model with a server that names its digest, or demand another proof",
                    null);
        }
    }

    Json toJson() {
        return Json.object()
                .put("model", judged)
                .put("proof", strongest == null ? null : strongest.spelling())
                .build();
    }
}
