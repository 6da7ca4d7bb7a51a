// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import dev.gatewright.stages.api.Outcomes;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import java.time.Instant;

/** Reports of tests. */
final class Reports {
    static final Instant START = Instant.parse("2026-11-23T08:30:00.123456Z");
    static final Instant END = START.plusSeconds(90);

    private Reports() {}

    static ReportWriter writer() {
        return new ReportWriter(
                StageName.EVALUATE_METRICS,
                "20261123-083000-7f3a9c",
                "gatewright.yaml",
                "d".repeat(64),
                Json.object()
                        .put("commit", "e".repeat(40))
                        .put("branch", "main")
                        .put("dirty", false)
                        .build(),
                Json.object().put("name", "command line").build(),
                START);
    }

    /** A report in which every field is filled. */
    static Report full() {
        return writer().done(END, Outcomes.full());
    }
}
