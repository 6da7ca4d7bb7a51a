// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stage's {@code report.json}: the document itself, with names for the parts that programs need.
 *
 * <p>A reader accepts version 1 of the format and refuses newer ones by name.
 */
public record Report(Json.Obj document) {
    /** The format's name and version. */
    public static final String SCHEMA = "gatewright-report/v1";

    /** The file's name in a stage's folder. */
    public static final String FILE_NAME = "report.json";

    private static final int LARGEST = 256 << 20;

    /** Refuses a document that is no report of version 1. */
    public Report {
        String schema = document.text("schema").orElse("none");
        if (!schema.equals(SCHEMA)) {
            throw new IllegalArgumentException(
                    "this document has the schema '" + schema + "', and this program reads " + SCHEMA);
        }
        if (document.text("stage").flatMap(StageName::of).isEmpty()
                || document.text("runId").isEmpty()
                || !isOneOf(Status.values(), document.text("status").orElse("none"))
                || !isOneOf(Verdict.values(), document.text("verdict").orElse(Verdict.NOT_EVALUATED.name()))) {
            throw new IllegalArgumentException(
                    "this report lacks stage, runId or status, or its status or verdict is none that there is");
        }
    }

    private static boolean isOneOf(Enum<?>[] constants, String name) {
        return Arrays.stream(constants).anyMatch(constant -> constant.name().equals(name));
    }

    /** Reads a report. */
    public static Report read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any report");
        }
        return read(Files.readAllBytes(file), file.toString());
    }

    /** Reads a report out of {@code bytes}, which {@code name} tells a person of. */
    public static Report read(byte[] bytes, String name) throws IOException {
        try {
            if (JsonReader.read(bytes) instanceof Json.Obj document) {
                return new Report(document);
            }
            throw new IOException(name + " is no report: it is no JSON object");
        } catch (JsonReader.NotJsonException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    /** The stage that left it. */
    public StageName stage() {
        return document.text("stage").flatMap(StageName::of).orElseThrow();
    }

    /** The run it belongs to. */
    public String runId() {
        return document.text("runId").orElseThrow();
    }

    /** Where the stage stands. */
    public Status status() {
        return Status.valueOf(document.text("status").orElseThrow());
    }

    /** How the stage was judged; empty for one that was not started. */
    public Optional<Verdict> verdict() {
        return document.text("verdict").map(Verdict::valueOf);
    }

    /** The digest of its judgement, taken anew from the document. */
    public String judgementDigest() {
        return Judgement.digest(document);
    }

    /** Whether the digest that the document names is that of its judgement. */
    public boolean isIntact() {
        return document.text("judgementDigest").equals(Optional.of(judgementDigest()));
    }

    /** What the stage read. */
    public List<Artifact> inputs() {
        return artifacts("inputs");
    }

    /** What the stage wrote. */
    public List<Artifact> outputs() {
        return artifacts("outputs");
    }

    private List<Artifact> artifacts(String name) {
        List<Artifact> artifacts = new ArrayList<>();
        document.objects(name).forEach(artifact -> artifacts.add(Artifact.of(artifact)));
        return artifacts;
    }
}
