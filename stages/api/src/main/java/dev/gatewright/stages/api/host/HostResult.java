// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Agreement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a host hands to its user after the program has ended. A verdict is accepted only where the exit code, the run id, the
 * reports and the digests taken anew agree; whatever else there is, is {@code NOT_EVALUATED} with a sentence that says why.
 *
 * @param why why it did not pass, in a sentence; empty for {@code PASSED}
 * @param metrics numbers by the metrics' names; of a whole run, such an object by stage
 * @param judgementDigest in hexadecimal; none where nothing was judged
 * @param runDigest in hexadecimal; none without a run
 * @param report the path of the stage's report, or of the run's document, from the spec's folder
 * @param model the path of the model that was judged last, from the spec's folder
 * @param image by name and digest
 * @param endpoint a URL
 */
public record HostResult(
        Verdict verdict,
        Status status,
        String why,
        Json.Obj metrics,
        @Nullable String judgementDigest,
        @Nullable String runDigest,
        String runId,
        @Nullable String report,
        @Nullable String model,
        @Nullable String image,
        @Nullable String endpoint) {

    private static final int MOST_SENTENCES = 3;

    /**
     * The result of one stage, or of a whole run.
     *
     * @param exitCode with which the program ended
     * @param runId which run the program was told to make or to continue
     * @param stage empty for a whole run
     * @param files the documents in the run's folder
     */
    public static HostResult of(int exitCode, String runId, Optional<StageName> stage, RunFiles files) {
        Optional<ExitCode> exit = ExitCode.of(exitCode);
        if (exit.isEmpty() || exit.get() == ExitCode.WRONG_REQUEST || exit.get() == ExitCode.INTERRUPTED) {
            return notEvaluated(runId, ExitCode.told(exitCode));
        }
        try {
            Optional<RunDocument> read = files.readRun();
            if (read.isEmpty()) {
                return notEvaluated(
                        runId,
                        "the program ended with exit code " + exitCode + " and left no run.json of run " + runId);
            }
            RunDocument run = read.get();
            if (!run.runId().equals(runId)) {
                return notEvaluated(runId, "run.json is of run " + run.runId() + ", and not of run " + runId);
            }
            return new Reading(exit.get(), run, files).result(stage);
        } catch (IOException | IllegalArgumentException e) { // the latter: text that has no digest
            return notEvaluated(runId, String.valueOf(e.getMessage()));
        }
    }

    /** The result where nothing was judged, or nothing of it can be believed. */
    public static HostResult notEvaluated(String runId, String why) {
        Json.Obj none = Json.object().build();
        return new HostResult(
                Verdict.NOT_EVALUATED, Status.NOT_STARTED, why, none, null, null, runId, null, null, null, null);
    }

    /** What becomes of the build. To wait for an approval is no failure, and no pass. */
    public Ending ending(FailOn failOn) {
        return status == Status.WAITING ? Ending.SUCCESS : failOn.ending(verdict);
    }

    /** The same with its paths from the folder in which {@code specFolder} lies; absolute ones stay. */
    public HostResult from(String specFolder) {
        return new HostResult(
                verdict,
                status,
                why,
                metrics,
                judgementDigest,
                runDigest,
                runId,
                below(specFolder, report),
                below(specFolder, model),
                image,
                endpoint);
    }

    private static @Nullable String below(String folder, @Nullable String path) {
        boolean stays = path == null || folder.isEmpty() || path.startsWith("/") || path.matches("[A-Za-z]:.*");
        return stays ? path : folder + (folder.endsWith("/") ? "" : "/") + path;
    }

    /** The fields by their names in Jenkins; null where there is none. */
    public Json.Obj toJson() {
        Json.Builder json = Json.object();
        for (ResultField field : ResultField.values()) {
            json.put(field.camelCase(), field(field));
        }
        return json.build();
    }

    /** One field. */
    public Json field(ResultField field) {
        return switch (field) {
            case VERDICT -> Json.of(verdict.name());
            case STATUS -> Json.of(status.name());
            case JUDGEMENT_DIGEST -> Json.of(judgementDigest);
            case RUN_DIGEST -> Json.of(runDigest);
            case RUN_ID -> Json.of(runId);
            case METRICS -> metrics;
            case REPORT -> Json.of(report);
            case MODEL -> Json.of(model);
            case IMAGE -> Json.of(image);
            case ENDPOINT -> Json.of(endpoint);
            case WHY -> Json.of(why);
        };
    }

    /** Reads the documents of one run. */
    private record Reading(ExitCode exit, RunDocument run, RunFiles files) {
        HostResult result(Optional<StageName> stage) throws IOException {
            return stage.isPresent() ? stage(stage.get()) : whole();
        }

        private HostResult stage(StageName stage) throws IOException {
            Optional<RunDocument.Entry> entry = run.entry(stage);
            if (entry.isEmpty()) {
                return notEvaluated(run.runId(), "run " + run.runId() + " has no stage " + stage.spelling());
            }
            Optional<Report> report = files.readReport(stage);
            List<String> doubts = Agreement.doubts(run, entry.get(), report.orElse(null));
            if (!doubts.isEmpty() || report.isEmpty()) {
                return notEvaluated(
                        run.runId(),
                        stage.spelling() + ": " + (doubts.isEmpty() ? "it left no report" : String.join("; ", doubts)));
            }
            Told told = Told.of(report.get());
            Optional<Verdict> verdict = report.get().verdict();
            Status status = entry.get().status();
            if (!agrees(verdict, status)) {
                return notEvaluated(run.runId(), disagreement(verdict, status, stage.spelling() + "'s report"));
            }
            String folder = ".gatewright/runs/" + run.runId() + "/";
            return new HostResult(
                    verdict.orElse(Verdict.NOT_EVALUATED),
                    status,
                    told.why(),
                    told.metrics(),
                    entry.get().judgementDigest(),
                    run.runDigest(),
                    run.runId(),
                    folder + stage.spelling() + "/" + Report.FILE_NAME,
                    told.model(),
                    told.image(),
                    told.endpoint());
        }

        private HostResult whole() throws IOException {
            List<Told> all = new ArrayList<>();
            Json.Builder metrics = Json.object();
            String why = "";
            for (RunDocument.Entry entry : run.stages()) {
                String stage = entry.stage().spelling();
                Optional<Report> report = files.readReport(entry.stage());
                List<String> doubts = Agreement.doubts(run, entry, report.orElse(null));
                if (!doubts.isEmpty()) {
                    return notEvaluated(run.runId(), stage + ": " + String.join("; ", doubts));
                }
                if (report.isPresent()) {
                    Told told = Told.of(report.get());
                    all.add(told);
                    if (entry.status() == Status.DONE) {
                        metrics.put(stage, told.metrics());
                    }
                    if (why.isEmpty() && !told.why().isEmpty()) {
                        why = stage + ": " + told.why();
                    }
                }
            }
            Optional<Verdict> verdict = run.verdict();
            if (!agrees(verdict, run.status())) {
                return notEvaluated(run.runId(), disagreement(verdict, run.status(), RunDocument.FILE_NAME));
            }
            return new HostResult(
                    verdict.orElse(Verdict.NOT_EVALUATED),
                    run.status(),
                    verdict.equals(Optional.of(Verdict.PASSED)) || !why.isEmpty() ? why : "the run has not ended",
                    metrics.build(),
                    run.judgementDigest().orElse(null),
                    run.runDigest(),
                    run.runId(),
                    ".gatewright/runs/" + run.runId() + "/" + RunDocument.FILE_NAME,
                    last(all.stream().map(Told::model).toList()),
                    last(all.stream().map(Told::image).toList()),
                    last(all.stream().map(Told::endpoint).toList()));
        }

        private boolean agrees(Optional<Verdict> verdict, Status status) {
            if (status == Status.WAITING || exit == ExitCode.WAITING) {
                return status == Status.WAITING && exit == ExitCode.WAITING;
            }
            return exit == ExitCode.of(verdict);
        }

        private String disagreement(Optional<Verdict> verdict, Status status, String document) {
            return "the program ended with exit code " + exit.code() + ", and " + document + " says " + status
                    + verdict.map(value -> " and " + value).orElse("") + ": they have to agree";
        }

        private static @Nullable String last(List<@Nullable String> values) {
            String last = null;
            for (String value : values) {
                last = value == null ? last : value;
            }
            return last;
        }
    }

    /** What a report tells a host's user. */
    private record Told(
            String why,
            Json.Obj metrics,
            @Nullable String model,
            @Nullable String image,
            @Nullable String endpoint) {

        static Told of(Report report) {
            Json.Obj document = report.document();
            return new Told(why(report), metrics(document), model(document), image(document), endpoint(document));
        }

        private static String why(Report report) {
            if (report.verdict().equals(Optional.of(Verdict.PASSED))) {
                return "";
            }
            Json.Obj cause = report.document().object("cause");
            Optional<String> sentence = cause.text("sentence");
            if (sentence.isPresent()) {
                return sentence.get()
                        + cause.text("next").map(next -> "; " + next).orElse("");
            }
            List<String> lost = new ArrayList<>();
            for (Json.Obj gate : report.document().objects("gates")) {
                if (Agreement.verdict(gate) != Verdict.PASSED && !Agreement.isWarning(gate)) {
                    lost.add(gate.text("sentence").orElse("a gate without a sentence"));
                }
            }
            int left = lost.size() - MOST_SENTENCES;
            String told = String.join("; ", lost.subList(0, Math.min(lost.size(), MOST_SENTENCES)));
            return told + (left > 0 ? "; and " + left + " more" : "");
        }

        /** Of all rows; those of slices are in the report. */
        private static Json.Obj metrics(Json.Obj document) {
            Json.Builder metrics = Json.object();
            for (Json.Obj metric : document.objects("metrics")) {
                Optional<String> name = metric.text("metric");
                if (name.isPresent() && metric.text("rows").isEmpty()) {
                    metrics.put(name.get(), metric.get("value").orElse(Json.NULL));
                }
            }
            return metrics.build();
        }

        /** What it wrote; else what it judged. */
        private static @Nullable String model(Json.Obj document) {
            for (String member : List.of("outputs", "inputs")) {
                for (Json.Obj artifact : document.objects(member)) {
                    if (artifact.text("name").equals(Optional.of("model"))) {
                        return artifact.text("path").orElse(null);
                    }
                }
            }
            return null;
        }

        /** By the digest that a registry knows it by; the digest of an engine's own image is none. */
        private static @Nullable String image(Json.Obj document) {
            Json.Obj pushed = document.object("environment").object("image").object("pushed");
            if (pushed.text("reference").isPresent()) {
                return named(pushed.text("reference").get(), pushed.text("digest"));
            }
            Json.Obj image = document.object("facts").object("image");
            boolean ofAnEngine = image.text("builder").equals(Optional.of("docker"));
            return image.text("name")
                    .map(name -> named(name, ofAnEngine ? Optional.empty() : image.text("digest")))
                    .orElse(null);
        }

        private static String named(String name, Optional<String> digest) {
            return name + digest.map(value -> "@" + value).orElse("");
        }

        private static @Nullable String endpoint(Json.Obj document) {
            Json.Obj environment = document.object("environment");
            return environment
                    .object("endpoint")
                    .text("url")
                    .or(() -> environment.object("canary").text("url"))
                    .orElse(null);
        }
    }
}
