// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.RunFiles;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Judgement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of a run, as the program leaves them. */
final class RunDocuments implements RunFiles {
    private final String runId;
    private final Map<StageName, Report> reports = new LinkedHashMap<>();

    RunDocuments(String runId) {
        this.runId = runId;
    }

    void add(StageName stage, Status status, @Nullable Verdict verdict) {
        add(stage, status, verdict, "accuracy 0.96 is below min 0.97");
    }

    void add(StageName stage, Status status, @Nullable Verdict verdict, String sentence) {
        add(stage, status, verdict, 1, sentence);
    }

    void add(StageName stage, Status status, @Nullable Verdict verdict, int gates, String sentence) {
        Json.Obj gate = Json.object()
                .put("metric", "accuracy")
                .put("verdict", verdict == null ? null : verdict.name())
                .put("sentence", sentence)
                .build();
        Json.Obj accuracy = Json.object()
                .put("metric", "accuracy")
                .put("value", 0.96)
                .put("unit", "")
                .build();
        Json.Obj latency = Json.object()
                .put("metric", "latency_p95_ms")
                .put("rows", "writer=7")
                .put("value", 1.5)
                .put("unit", "ms")
                .build();
        Json.Builder json = Json.object()
                .put("schema", Report.SCHEMA)
                .put("stage", stage.spelling())
                .put("runId", runId)
                .put("status", status.name())
                .put("verdict", verdict == null ? null : verdict.name())
                .put("gates", Collections.nCopies(gates, gate))
                .put("metrics", List.of(accuracy, latency));
        reports.put(
                stage,
                new Report(json.put("judgementDigest", Judgement.digest(json.build()))
                        .build()));
    }

    Report report(StageName stage) {
        return java.util.Objects.requireNonNull(reports.get(stage));
    }

    RunDocument run() {
        List<RunDocument.Entry> entries = new ArrayList<>();
        reports.values().forEach(report -> entries.add(RunDocument.Entry.of(report)));
        return new RunDocument(runId, "ab".repeat(32), null, entries);
    }

    HostResult result(int exitCode, Optional<StageName> stage) {
        return HostResult.of(exitCode, runId, stage, this);
    }

    @Override
    public Optional<byte[]> read(String path) {
        if (path.equals(RunDocument.FILE_NAME)) {
            return Optional.of(bytes(run().toJson()));
        }
        return reports.values().stream()
                .filter(report -> path.equals(report.stage().spelling() + "/" + Report.FILE_NAME))
                .findFirst()
                .map(report -> bytes(report.document()));
    }

    private static byte[] bytes(Json.Obj json) {
        return JsonWriter.compact(json).getBytes(StandardCharsets.UTF_8);
    }
}
