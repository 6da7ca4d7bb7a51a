// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's {@code run.json}: which spec and commit it judges, and where each stage of the spec stands.
 *
 * @param commit the commit that was judged; none outside a git repository
 * @param stages every stage of the spec, in order
 */
public record RunDocument(
        String runId, String specDigest, @Nullable String commit, List<Entry> stages) {
    /** The format's name and version. */
    public static final String SCHEMA = "gatewright-run/v1";

    /** The file's name in a run's folder. */
    public static final String FILE_NAME = "run.json";

    private static final int LARGEST = 1 << 20;

    /** Keeps its own copy. */
    public RunDocument {
        stages = List.copyOf(stages);
    }

    /**
     * One stage of a run.
     *
     * @param verdict none for a stage that was not started
     * @param judgementDigest the digest of its judgement, once it is done
     * @param reportDigest SHA-256 of its report's canonical JSON, once it is done
     * @param stoppedBy the stage for which it was not started
     */
    public record Entry(
            StageName stage,
            Status status,
            @Nullable Verdict verdict,
            @Nullable String judgementDigest,
            @Nullable String reportDigest,
            @Nullable StageName stoppedBy) {

        /** A stage whose turn has not come. */
        public static Entry pending(StageName stage) {
            return new Entry(stage, Status.NOT_STARTED, null, null, null, null);
        }

        /** A stage as its report has it. */
        public static Entry of(Report report) {
            boolean done = report.status() == Status.DONE;
            return new Entry(
                    report.stage(),
                    report.status(),
                    report.verdict().orElse(null),
                    done ? report.judgementDigest() : null,
                    done ? CanonicalJson.sha256(report.document()) : null,
                    report.document().text("stoppedBy").flatMap(StageName::of).orElse(null));
        }
    }

    /**
     * The run's verdict: the conjunction over the stages that were started. It is {@code PASSED} only when every stage of the
     * spec passed; empty while none was started, or while those started passed and others are still to come.
     */
    public Optional<Verdict> verdict() {
        List<Verdict> started = new ArrayList<>();
        for (Entry entry : stages) {
            if (entry.verdict() != null) {
                started.add(entry.verdict());
            }
        }
        if (started.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = Verdict.combine(started);
        return verdict == Verdict.PASSED && started.size() < stages.size() ? Optional.empty() : Optional.of(verdict);
    }

    /**
     * What the whole run was judged by, and to be, on every host: SHA-256 of the canonical JSON of {@code [{stage,
     * judgementDigest}]} over the stages that were judged; empty while none was.
     */
    public Optional<String> judgementDigest() {
        List<Json> judged = new ArrayList<>();
        for (Entry entry : stages) {
            if (entry.judgementDigest() != null) {
                judged.add(Json.object()
                        .put("stage", entry.stage().spelling())
                        .put("judgementDigest", entry.judgementDigest())
                        .build());
            }
        }
        return judged.isEmpty() ? Optional.empty() : Optional.of(CanonicalJson.sha256(new Json.Arr(judged)));
    }

    /** SHA-256 of the canonical JSON of the document without this digest. */
    public String runDigest() {
        return toJson().text("runDigest").orElseThrow();
    }

    /** Where the run stands. */
    public Status status() {
        if (stages.stream().anyMatch(entry -> entry.status() == Status.RUNNING)) {
            return Status.RUNNING;
        }
        if (stages.stream().anyMatch(entry -> entry.status() == Status.WAITING)) {
            return Status.WAITING;
        }
        boolean started = stages.stream().anyMatch(entry -> entry.status() == Status.DONE);
        return verdict().isPresent() ? Status.DONE : started ? Status.RUNNING : Status.NOT_STARTED;
    }

    /** The entry of a stage. */
    public Optional<Entry> entry(StageName stage) {
        return stages.stream().filter(entry -> entry.stage() == stage).findFirst();
    }

    /** The same run with one entry replaced. */
    public RunDocument with(Entry changed) {
        return new RunDocument(
                runId,
                specDigest,
                commit,
                stages.stream()
                        .map(entry -> entry.stage() == changed.stage() ? changed : entry)
                        .toList());
    }

    /** The document, with {@code runDigest}: SHA-256 of the canonical JSON of all the rest. */
    public Json.Obj toJson() {
        List<Json> entries = new ArrayList<>();
        for (Entry entry : stages) {
            entries.add(Json.object()
                    .put("stage", entry.stage().spelling())
                    .put("status", entry.status().name())
                    .put(
                            "verdict",
                            entry.verdict() == null ? null : entry.verdict().name())
                    .put("judgementDigest", entry.judgementDigest())
                    .put("reportDigest", entry.reportDigest())
                    .put(
                            "stoppedBy",
                            entry.stoppedBy() == null ? null : entry.stoppedBy().spelling())
                    .build());
        }
        Json.Builder json = Json.object()
                .put("schema", SCHEMA)
                .put("runId", runId)
                .put("specDigest", specDigest)
                .put("commit", commit)
                .put("status", status().name())
                .put("verdict", verdict().map(Verdict::name).orElse(null))
                .put("stages", entries);
        return json.put("runDigest", CanonicalJson.sha256(json.build())).build();
    }

    /** Reads a run's document; one that differs in anything from what would be written is refused. */
    public static RunDocument read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any run's document");
        }
        return read(Files.readAllBytes(file), file.toString());
    }

    /** Reads a run's document out of {@code bytes}, which {@code name} tells a person of. */
    public static RunDocument read(byte[] bytes, String name) throws IOException {
        try {
            if (!(JsonReader.read(bytes) instanceof Json.Obj json)) {
                throw new IOException(name + " is no run: it is no JSON object");
            }
            String schema = json.text("schema").orElse("none");
            if (!schema.equals(SCHEMA)) {
                throw new IOException(name + " has the schema '" + schema + "', and this program reads " + SCHEMA);
            }
            RunDocument run = of(json);
            if (!run.toJson().equals(json)) {
                throw new IOException(
                        name + " was changed: its runDigest, status or verdict is not that of its content");
            }
            return run;
        } catch (JsonReader.NotJsonException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            throw new IOException(name + " is no run: " + e.getMessage(), e);
        }
    }

    private static RunDocument of(Json.Obj json) {
        List<Entry> entries = new ArrayList<>();
        for (Json.Obj entry : json.objects("stages")) {
            entries.add(new Entry(
                    entry.text("stage").flatMap(StageName::of).orElseThrow(),
                    Status.valueOf(entry.text("status").orElseThrow()),
                    entry.text("verdict").map(Verdict::valueOf).orElse(null),
                    entry.text("judgementDigest").orElse(null),
                    entry.text("reportDigest").orElse(null),
                    entry.text("stoppedBy").flatMap(StageName::of).orElse(null)));
        }
        return new RunDocument(
                json.text("runId").orElseThrow(),
                json.text("specDigest").orElseThrow(),
                json.text("commit").orElse(null),
                entries);
    }
}
