// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.oci.Reference;
import java.util.Locale;

/** What an engine calls an image that is only tried; no one who runs images by their names meets it. */
final class CandidateName {
    private static final int LONGEST_SHOWN = 60;

    private CandidateName() {}

    /** A name of this run alone. */
    static Reference of(StageRequest request) {
        String run = request.runId().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String shown = run.substring(0, Math.min(run.length(), LONGEST_SHOWN));
        String id = Long.toHexString(ProcessHandle.current().pid()) + "-" + Long.toHexString(System.nanoTime());
        return new Reference(null, "gatewright-candidate", shown.replaceAll("^-|-$", "") + "-" + id, null);
    }
}
