// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.EVALUATE_METRICS;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.notStarted;
import static dev.gatewright.stages.conformance.Expected.refused;
import static dev.gatewright.stages.conformance.Expected.stopped;

import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.cli.Door;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run that is continued, and is not the one that was begun. */
final class RunCases {
    private static final Group GROUP = Group.RUNS;
    private static final String RUN = ".gatewright/runs/r1/run.json";

    private RunCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(document(), changed(), order(), again(), committed());
    }

    private static Group.Table document() {
        return GROUP.between(Sounds.TRAINED_PREDICTIONS.byStage())
                .add(
                        "deleted",
                        "The run's document is deleted, and the reports are left",
                        box -> box.delete(RUN),
                        notStarted("train-gate has not run in run r1"))
                .add("truncated", "The run's document breaks off", box -> box.truncate(RUN, 200), stopped("run.json"))
                .add("empty", "The run's document is empty", box -> box.write(RUN, ""), stopped("run.json"))
                .add(
                        "digest-edited",
                        "The digest of the run's document is edited",
                        box -> box.edit(RUN, "\"runDigest\": \"", "\"runDigest\": \"00"),
                        stopped("run.json was changed"))
                .add(
                        "verdict-edited",
                        "The verdict of the run's document is edited",
                        box -> box.edit(
                                RUN,
                                "\"status\": \"RUNNING\",\n  \"verdict\": null",
                                "\"status\": \"DONE\",\n  \"verdict\": \"PASSED\""),
                        stopped("run.json was changed"))
                .add(
                        "newer-version",
                        "The run's document is of a newer format",
                        box -> box.edit(RUN, "gatewright-run/v1", "gatewright-run/v2"),
                        stopped("gatewright-run/v2"))
                .add(
                        "of-another-run",
                        "The run's document names another run",
                        box -> box.edit(RUN, "\"runId\": \"r1\"", "\"runId\": \"r2\""),
                        stopped("run.json was changed"))
                .add(
                        "renamed",
                        "The run's folder is a renamed copy of another run",
                        box -> {
                            box.move(".gatewright/runs/r1", ".gatewright/runs/r0");
                            box.skip();
                            box.first("evaluate-metrics", "--run-id", "r0");
                        },
                        refused("begun with another run id"));
    }

    private static Group.Table changed() {
        return GROUP.between(Sounds.TRAINED_PREDICTIONS.byStage())
                .add(
                        "spec-changed",
                        "A bound of the spec is lowered before the second stage",
                        box -> box.editSpec("min: 0.8", "min: 0.1"),
                        refused("begun with another spec"))
                .add(
                        "setting-changed",
                        "A bound is lowered on the command line before the second stage",
                        box -> box.argument("--set", "stages.evaluate-metrics.gates[0].min=0.1"),
                        refused("begun with another spec"))
                .add(
                        "gate-removed",
                        "A gate of the first stage is removed before the second",
                        box -> box.editSpec("      - {metric: val_loss, max: 0.35}\n", ""),
                        refused("begun with another spec"))
                .add(
                        "another-run-id",
                        "The second stage is started in another run",
                        box -> {
                            box.skip();
                            box.first("evaluate-metrics", "--run-id", "r2");
                            box.look("r2");
                        },
                        notStarted("train-gate has not run in run r2"));
    }

    private static Group.Table order() {
        return GROUP.on(Sounds.TRAINED_PREDICTIONS.byStage())
                .add(
                        "predecessor-not-started",
                        "The second stage is started alone",
                        box -> {
                            box.skip();
                            box.write("build/predictions.csv", Rows.predictions());
                        },
                        notStarted("train-gate has not run in run r1"))
                .add(
                        "predecessor-failed",
                        "The first stage failed, and the second is started",
                        box -> box.edit("prepared/metrics.json", "0.95", "0.5"),
                        notStarted("train-gate is FAILED in run r1"))
                .add(
                        "predecessor-not-evaluated",
                        "The first stage could not be judged, and the second is started",
                        box -> box.append("train.sh", "exit 1\n"),
                        notStarted("train-gate is NOT_EVALUATED in run r1"))
                .add(
                        "predecessor-unfinished",
                        "The first stage was killed, and the second is started",
                        box -> {
                            box.append("train.sh", "echo $$ >> pids\ntouch started\nexec sleep 600\n");
                            Fork.killedWhen("started")
                                    .run(
                                            box,
                                            List.of(
                                                    "train-gate",
                                                    box.path("gatewright.yaml").toString(),
                                                    "--run-id",
                                                    Sound.RUN_ID));
                            box.skip();
                        },
                        notStarted("train-gate is NOT_EVALUATED in run r1"))
                .add(
                        "warned-only",
                        "The first stage's gate only warns and could not be judged, and the second is started",
                        box -> {
                            box.editSpec("max: 0.35}", "max: 0.35, on-failure: warn}");
                            box.edit("prepared/metrics.json", "0.3}", "null}");
                        },
                        notStarted("train-gate is NOT_EVALUATED in run r1"));
    }

    private static Group.Table again() {
        Sound twice = new Sound(
                "predictions that are judged twice in one run",
                List.of(EVALUATE_METRICS),
                List.of(
                        List.of("evaluate-metrics", "--run-id", Sound.RUN_ID),
                        List.of("evaluate-metrics", "--run-id", Sound.RUN_ID)),
                Sounds.PREDICTIONS.files());
        return GROUP.between(twice)
                .add(
                        "judged-before",
                        "The same run has passed before, and now there are no rows any more",
                        box -> box.delete("data/predictions.csv"),
                        notEvaluated("found nothing, expected a data file"))
                .add(
                        "busy",
                        "Another process works on the same run",
                        box -> {
                            box.delete(".gatewright/runs/r1/evaluate-metrics/report.json");
                            box.launch((sandbox, arguments) -> {
                                RunFolder held = RunFolder.open(RunFolder.runsOf(box.folder()), Sound.RUN_ID);
                                try {
                                    return Door.run(Map.of(), null, arguments.toArray(String[]::new));
                                } finally {
                                    held.close();
                                }
                            });
                        },
                        stopped("another process works on the run"));
    }

    private static Group.Table committed() {
        Sound sound = Sounds.TRAINED_PREDICTIONS.byStage().with(", in a git repository", Git::commit);
        return GROUP.between(sound)
                .add(
                        "commit-changed",
                        "Another commit is checked out before the second stage",
                        Git::commit,
                        refused("begun with another commit"))
                .add(
                        "repository-gone",
                        "The repository is gone before the second stage",
                        box -> box.move(".git", "no-git"),
                        refused("begun with another commit"));
    }
}
