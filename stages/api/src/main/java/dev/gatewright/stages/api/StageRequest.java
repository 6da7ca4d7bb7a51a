// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Spec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What a stage is given for one run.
 *
 * @param folder the stage's own folder in the run's folder; it exists
 * @param earlier the reports of the stages before it in this run, all of them passed, in order
 * @param installation where the program's own parts lie
 * @param secrets gives the secrets that the spec names
 * @param threads how many threads may compute at once; results do not depend on it
 */
public record StageRequest(
        Spec spec,
        String runId,
        Path folder,
        List<Report> earlier,
        Installation installation,
        Secrets secrets,
        int threads,
        Clock clock,
        Progress progress) {
    /** Keeps its own copy. */
    public StageRequest {
        earlier = List.copyOf(earlier);
    }
}
