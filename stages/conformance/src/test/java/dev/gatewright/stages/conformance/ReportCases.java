// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.EVALUATE_METRICS;
import static dev.gatewright.stages.api.StageName.TRAIN_GATE;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.notStarted;
import static dev.gatewright.stages.conformance.Expected.stopped;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Judgement;
import dev.gatewright.stages.api.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Reports of earlier stages that are not what those stages left. */
final class ReportCases {
    private static final Group GROUP = Group.REPORTS;
    private static final String REPORT = ".gatewright/runs/r1/train-gate/report.json";
    private static final String NOT_THE_ONE = "the report of train-gate is not the one that it left in run r1";

    private ReportCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(passed(), failed(), own());
    }

    private static Group.Table passed() {
        return GROUP.between(Sounds.TRAINED_PREDICTIONS.byStage())
                .add(
                        "deleted",
                        "The report of the training is deleted",
                        box -> box.delete(REPORT),
                        notStarted("the report of train-gate is gone"))
                .add(
                        "truncated",
                        "The report of the training breaks off",
                        box -> box.truncate(REPORT, 300),
                        notStarted("the report of train-gate cannot be read"))
                .add(
                        "empty",
                        "The report of the training is empty",
                        box -> box.write(REPORT, ""),
                        notStarted("the report of train-gate cannot be read"))
                .add(
                        "not-json",
                        "The report of the training is no JSON",
                        box -> box.write(REPORT, "PASSED\n"),
                        notStarted("the report of train-gate cannot be read"))
                .add(
                        "a-list",
                        "The report of the training is a list",
                        box -> box.write(REPORT, "[]"),
                        notStarted("the report of train-gate cannot be read"))
                .add(
                        "a-folder",
                        "A folder lies where the report of the training was",
                        box -> {
                            box.delete(REPORT);
                            box.write(REPORT + "/report.json", "{}");
                        },
                        notStarted("the report of train-gate cannot be read"))
                .add(
                        "newer-version",
                        "The report of the training is of a newer format",
                        box -> box.edit(REPORT, "gatewright-report/v1", "gatewright-report/v2"),
                        notStarted("gatewright-report/v2"))
                .add(
                        "without-version",
                        "The report of the training does not say its format",
                        box -> change(box, "schema", Json.NULL),
                        notStarted("the report of train-gate cannot be read"))
                .add(
                        "value-edited",
                        "A value of the training's report is edited",
                        box -> box.edit(REPORT, "\"value\": 0.95", "\"value\": 0.99"),
                        notStarted(NOT_THE_ONE))
                .add(
                        "sentence-edited",
                        "A sentence of the training's report is edited, which no judgement rests on",
                        box -> box.edit(REPORT, "val_accuracy 0.95 holds", "val_accuracy 0.99 holds"),
                        notStarted(NOT_THE_ONE))
                .add(
                        "digest-edited",
                        "The judgement digest of the training's report is edited",
                        box -> change(box, "judgementDigest", Json.of("0".repeat(64))),
                        notStarted(NOT_THE_ONE))
                .add(
                        "of-another-run",
                        "The report of the training names another run",
                        box -> change(box, "runId", Json.of("r2")),
                        notStarted(NOT_THE_ONE))
                .add(
                        "of-another-spec",
                        "The report of the training names another spec, and its digest is made anew",
                        box -> forge(
                                box,
                                "spec",
                                Json.object()
                                        .put("file", "gatewright.yaml")
                                        .put("digest", "0".repeat(64))
                                        .build()),
                        notStarted(NOT_THE_ONE))
                .add(
                        "of-another-commit",
                        "The report of the training names another commit, and its digest is made anew",
                        box -> forge(
                                box,
                                "source",
                                Json.object().put("commit", "0".repeat(40)).build()),
                        notStarted(NOT_THE_ONE))
                .add(
                        "of-another-stage",
                        "The report of the training is that of another stage",
                        box -> forge(box, "stage", Json.of("evaluate-metrics")),
                        notStarted(NOT_THE_ONE))
                .add(
                        "outputs-emptied",
                        "The training's report names no outputs any more, and its digest is made anew",
                        box -> forge(box, "outputs", new Json.Arr(java.util.List.of())),
                        notStarted(NOT_THE_ONE))
                .add(
                        "member-twice",
                        "The training's report gives its verdict twice",
                        box -> box.edit(
                                REPORT,
                                "\"verdict\": \"PASSED\",\n  \"headline\"",
                                "\"verdict\": \"PASSED\",\n  \"verdict\": \"FAILED\",\n  \"headline\""),
                        notStarted("the report of train-gate cannot be read"));
    }

    private static Group.Table failed() {
        return GROUP.on(Sounds.TRAINED_PREDICTIONS.byStage())
                .add(
                        "failed-edited-to-passed",
                        "The training failed, and its report is edited by hand to PASSED",
                        box -> {
                            failedTraining(box);
                            change(box, "verdict", Json.of("PASSED"));
                        },
                        notStarted("train-gate is FAILED in run r1"))
                .add(
                        "failed-forged-to-passed",
                        "The training failed, and its report is edited to PASSED, its digest made anew",
                        box -> {
                            failedTraining(box);
                            forge(box, "verdict", Json.of("PASSED"));
                        },
                        notStarted("train-gate is FAILED in run r1"))
                .add(
                        "report-and-run-edited",
                        "The training failed, and its report and the run's document are edited to PASSED",
                        box -> {
                            failedTraining(box);
                            forge(box, "verdict", Json.of("PASSED"));
                            String run = box.name(box.runFile());
                            box.write(run, box.text(run).replace("FAILED", "PASSED"));
                        },
                        stopped("run.json was changed"))
                .add(
                        "passed-report-put-in",
                        "The training failed, and the report of a run that passed is put in its place",
                        box -> {
                            Sandbox other = new Sandbox(box.path("other"), box.commands());
                            Sounds.TRAINED_PREDICTIONS.files().accept(other);
                            other.runNext();
                            failedTraining(box);
                            box.write(REPORT, other.text(REPORT));
                        },
                        notStarted("train-gate is FAILED in run r1"));
    }

    private static Group.Table own() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "own-report-forged",
                        "A report that says PASSED lies there before the stage starts, and there is nothing to judge",
                        box -> {
                            box.runNext();
                            box.delete("data/predictions.csv");
                            box.first("run", "--run-id", Sound.RUN_ID);
                        },
                        notEvaluated("found nothing, expected a data file").by(EVALUATE_METRICS));
    }

    private static void failedTraining(Sandbox box) throws Exception {
        box.edit("prepared/metrics.json", "0.95", "0.5");
        box.runNext();
    }

    /** Changes a member of the training's report. */
    private static void change(Sandbox box, String member, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(report(box).document().members());
        members.put(member, value);
        box.write(REPORT, JsonWriter.pretty(new Json.Obj(members)));
    }

    /** Changes a member of the training's report, and makes its digest anew. */
    private static void forge(Sandbox box, String member, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(report(box).document().members());
        members.put(member, value);
        members.put("judgementDigest", Json.of(Judgement.digest(new Json.Obj(members))));
        box.write(REPORT, JsonWriter.pretty(new Json.Obj(members)));
    }

    private static Report report(Sandbox box) {
        try {
            return Report.read(box.reportFile(TRAIN_GATE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
