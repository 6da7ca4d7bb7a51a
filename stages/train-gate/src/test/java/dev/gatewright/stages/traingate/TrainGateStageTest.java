// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.ProcessLock;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class TrainGateStageTest {
    private static final String WRITE = "echo '{\"val_loss\": 0.3, \"val_accuracy\": 0.96}' > build/metrics.json";
    private static final String LOSS = "metric: val_loss, max: 0.35";

    private TrainingFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) {
        folder = new TrainingFolder(path);
    }

    @Test
    void passesWhereAllBoundsHold() throws Exception {
        Report report = folder.train(WRITE, LOSS, "metric: val_accuracy, min: 0.95, suspicious-above: 0.999");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "val_loss 0.3 holds max 0.35", "val_accuracy 0.96 holds min 0.95 and suspicious-above 0.999");
    }

    @Test
    void failsWithTheBoundThatWouldPass() throws Exception {
        Report report =
                folder.train(WRITE, "metric: val_loss, max: 0.2", "metric: val_accuracy, suspicious-above: 0.9");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "val_loss 0.3 is above max 0.2: would pass at 0.3",
                        "val_accuracy 0.96 is above suspicious-above 0.9, which is too good to be true: look for leakage");
    }

    @Test
    void doesNotTrainWhatAnotherTrainingWrites() throws Exception {
        Path lock = folder.path(".gatewright/outputs/build%2Fmetrics.json.lock");
        ProcessLock held = ProcessLock.tryTake(lock).orElseThrow();

        Report report = folder.train(WRITE + "; touch trained", LOSS);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().object("cause").text("sentence").orElseThrow())
                .contains("another training writes build/metrics.json now");
        assertThat(folder.path("trained")).doesNotExist();

        held.close();
        assertThat(folder.keys().train(WRITE, LOSS).verdict()).contains(Verdict.PASSED);
    }

    @Test
    void judgesTheLastOrTheBestValue() throws Exception {
        String script = "printf 'epoch,val_loss\\n1,0.2\\n2,0.1\\n3,0.4\\n' > build/metrics.csv";

        Report report = folder.csv().train(script, LOSS, "metric: val_loss, value: best, max: 0.15");

        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "val_loss 0.4 is above max 0.35: would pass at 0.4", "val_loss[best] 0.1 holds max 0.15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 1|ended with exit code 1;",
                "echo no module; exit 1|ended with exit code 1; it said last: no module; all its output is in training.log",
                "no-such-command|ended with exit code 127 (a command was not found); it said last:",
                "/etc/passwd|ended with exit code 126 (it may not be executed)",
                "kill -9 $$|ended with exit code 137 (it was killed; often the memory ran out)",
                "kill -11 $$|ended with exit code 139 (signal 11 ended it)",
            })
    void isNotEvaluatedWhereTheCommandFailsWhateverItWrote(String end, String said) throws Exception {
        Report report = folder.train(WRITE + "\n" + end, LOSS);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report).get(0))
                .startsWith("val_loss could not be judged: 'sh train.sh' " + said);
        assertThat(report.outputs()).isEmpty();
    }

    @Test
    void isNotEvaluatedWithoutTheNumberAndNamesThoseThatAreThere() throws Exception {
        Report report = folder.train(WRITE, "metric: val_acuracy, min: 0.9", "metric: auc, min: 0.9");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "val_acuracy could not be judged: build/metrics.json has no number 'val_acuracy', but"
                                + " val_accuracy, val_loss; did you mean 'val_accuracy'?",
                        "auc could not be judged: build/metrics.json has no number 'auc', but val_accuracy, val_loss");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|the training did not write build/metrics.json",
                "mkdir build/metrics.json|the training left no file at build/metrics.json, only an empty folder",
                "mkdir build/metrics.json; touch build/metrics.json/x|build/metrics.json cannot be read: it is no file",
                "mkfifo build/metrics.json|the training left no file at build/metrics.json",
                "ln -s /dev/zero build/metrics.json|the training left no file at build/metrics.json",
                "ln -s nowhere build/metrics.json|the training left at build/metrics.json a link that leads nowhere",
                "touch build/metrics.json|the training left at build/metrics.json a file of no bytes",
                "echo '{\"val_loss\": 0.' > build/metrics.json|build/metrics.json cannot be read: Unexpected",
                "echo '{\"val_loss\": 0.1, \"val_loss\": 0.2}' > build/metrics.json|build/metrics.json cannot be read: Duplicate",
                "echo '{\"val_loss\": NaN}' > build/metrics.json|val_loss was NaN",
                "echo '{\"val_loss\": [0.3, Infinity, 0.2]}' > build/metrics.json|val_loss was Infinity (value 2 of 3)",
                "echo '{\"val_loss\": null}' > build/metrics.json|val_loss in build/metrics.json is null",
                "echo '{\"val_loss\": \"0.3\"}' > build/metrics.json|val_loss in build/metrics.json is the text \"0.3\"",
                "truncate -s 40M build/metrics.json|build/metrics.json cannot be read: it has more than 32 MiB",
            })
    void isNotEvaluatedWithoutAReadableFileOfNumbers(String script, String said) throws Exception {
        Report report = folder.train(script, LOSS);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report).get(0)).startsWith("val_loss could not be judged: " + said);
    }

    @Test
    void takesNothingThatLayThereBefore() throws Exception {
        folder.train(WRITE + "; echo model > build/model.onnx; mkdir build/more; echo a > build/more/a", LOSS);
        folder.keys("outputs: [build/model.onnx, build/more]");

        assertThat(TrainingFolder.sentences(folder.train("exit 0", LOSS)))
                .containsExactly("val_loss could not be judged: the training did not write build/model.onnx");
        assertThat(TrainingFolder.sentences(folder.train("echo new > build/model.onnx", LOSS)))
                .containsExactly("val_loss could not be judged: the training did not write build/more");
        assertThat(TrainingFolder.sentences(
                        folder.train("mkdir build/more; echo b > build/more/b; echo new > build/model.onnx", LOSS)))
                .containsExactly("val_loss could not be judged: the training did not write build/metrics.json");
        Report whole =
                folder.train(WRITE + "; mkdir build/more; echo c > build/more/c; echo new > build/model.onnx", LOSS);
        assertThat(whole.verdict()).contains(Verdict.PASSED);
        assertThat(folder.path("build/more")).isDirectoryContaining("glob:**/c").isDirectoryNotContaining("glob:**/b");
    }

    @Test
    void keepsWhatItMovesAside() throws Exception {
        Files.createDirectories(folder.path("build/more"));
        Files.writeString(folder.path("build/more/a"), "old");
        Files.writeString(folder.path("build/metrics.json"), "old numbers");
        folder.keys("outputs: [build/more, build]");

        folder.train("exit 1", LOSS);
        folder.train("exit 1", LOSS);

        assertThat(folder.stageFolder().resolve("previous/1/build/more/a")).hasContent("old");
        assertThat(folder.stageFolder().resolve("previous/1/build/metrics.json"))
                .hasContent("old numbers");
    }

    @Test
    void movesALinkAsideAndNotWhatItLeadsTo() throws Exception {
        Files.createDirectories(folder.path("build"));
        Files.writeString(folder.path("kept.json"), "{\"val_loss\": 0.1}");
        Files.createSymbolicLink(folder.path("build/metrics.json"), folder.path("kept.json"));

        Report report = folder.train("exit 0", LOSS);

        assertThat(TrainingFolder.sentences(report))
                .containsExactly("val_loss could not be judged: the training did not write build/metrics.json");
        assertThat(folder.path("kept.json")).hasContent("{\"val_loss\": 0.1}");
    }

    @Test
    void takesNoLinkToWhatTheTrainingDidNotWrite() throws Exception {
        Files.writeString(folder.path("old.json"), "{\"val_loss\": 0.1}");
        Files.setLastModifiedTime(folder.path("old.json"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(TrainingFolder.sentences(folder.train("ln -s ../old.json build/metrics.json", LOSS)))
                .containsExactly("val_loss could not be judged: the training left at build/metrics.json a link to"
                        + " ../old.json, which it did not write");
        assertThat(folder.train("cat old.json > new.json; ln -s ../new.json build/metrics.json", LOSS)
                        .verdict())
                .contains(Verdict.PASSED);
    }

    @Test
    void takesNoFileThatIsOlderThanTheTraining() throws Exception {
        Files.writeString(folder.path("old.json"), "{\"val_loss\": 0.1}");
        Files.setLastModifiedTime(folder.path("old.json"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(TrainingFolder.sentences(folder.train("cp -p old.json build/metrics.json", LOSS)))
                .containsExactly("val_loss could not be judged: build/metrics.json is older than the training: it was"
                        + " put there, not written");
        assertThat(folder.train("cp old.json build/metrics.json", LOSS).verdict())
                .contains(Verdict.PASSED);
    }

    @Test
    void runsInTheSpecsFolderWithTheEnvironmentAndStreamsTheOutput() throws Exception {
        StageRun run = folder.training("pwd; echo $" + TrainingFolder.MARK + " >&2; " + WRITE, LOSS);

        run.run("1");

        String here = folder.path("").toRealPath().toString();
        assertThat(run.events()).contains("step: training: sh train.sh", "output: " + here);
        assertThat(Files.readString(folder.stageFolder().resolve("training.log")))
                .startsWith(here + "\n");
        assertThat(Files.readAllLines(folder.stageFolder().resolve("training.log")))
                .hasSize(2)
                .doesNotContain("");
    }

    @Test
    void recordsDataOutputsHardwareAndSeconds() throws Exception {
        folder.head(
                        "data: {train: {path: train.csv, label: y, features: {x: x}}, later: {path: no.csv, label: y, features: {x: x}}}\n")
                .keys("outputs: [build/model.onnx]");
        Files.writeString(folder.path("train.csv"), "x,y\n1,2\n");

        Report report = folder.train(WRITE + "; echo > build/model.onnx", LOSS);

        assertThat(report.inputs())
                .containsExactly(Artifact.of(
                        "train", folder.path("train.csv"), folder.path("").toAbsolutePath()));
        assertThat(report.outputs()).extracting(Artifact::name).containsExactly("model", "build/metrics.json");
        Json.Obj environment = TrainingFolder.environment(report);
        assertThat(environment.number("seconds").orElseThrow()).isBetween(0.0, 60.0);
        assertThat(environment.number("exitCode")).contains(0.0);
        assertThat(environment.object("hardware").number("processors").orElseThrow())
                .isPositive();
        assertThat(environment.object("numbers").items("val_loss")).containsExactly(new Json.Num(0.3));
        assertThat(environment.members()).doesNotContainKey("python");
    }

    @Test
    void endsAllThatRunsOutOfTime() throws Exception {
        needsProc();
        folder.keys("time-limit: 500ms");

        Report report = folder.train(WRITE + "; (setsid sleep 300 &); sleep 300 & sleep 300", LOSS);

        assertThat(TrainingFolder.sentences(report))
                .containsExactly("val_loss could not be judged: the training was ended because it ran longer than its"
                        + " time-limit of 500 ms");
        assertThat(folder.running()).isEmpty();
    }

    @Test
    void takesATimeLimitOfAgesForNone() throws Exception {
        folder.keys("time-limit: 999999999h");

        assertThat(folder.train(WRITE, LOSS).verdict()).contains(Verdict.PASSED);
    }

    @Test
    void endsTheWholeTreeEarlyOnceTheLossIsNan() throws Exception {
        needsProc();
        String script = "(setsid sleep 300 &); sleep 300 &\n"
                + "printf 'epoch,val_loss,val_accuracy\\n1,0.5,0.9\\n2,nan,0.1\\n' > build/metrics.csv; sleep 300";

        Report report = folder.csv().train(script, LOSS, "metric: val_accuracy, min: 0.5");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "val_loss could not be judged: val_loss was NaN (value 2 of 2)",
                        "val_accuracy could not be judged: the training was ended early, because val_loss was NaN (value 2"
                                + " of 2)");
        assertThat(TrainingFolder.environment(report).text("endedEarly")).contains("val_loss was NaN (value 2 of 2)");
        assertThat(TrainingFolder.environment(report).get("exitCode")).isEmpty();
        assertThat(folder.running()).isEmpty();
    }

    @Test
    void endsEarlyWhereTheBestValueIsTooGoodToBeTrue() throws Exception {
        String script = "printf 'epoch,acc\\n1,0.5\\n2,1.0\\n' > build/metrics.csv; sleep 300";

        Report report = folder.csv().train(script, "metric: acc, value: best, min: 0.9, suspicious-above: 0.999");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "acc[best] 1 is above suspicious-above 0.999, which is too good to be true: look for leakage");
    }

    @Test
    void endsEarlyWhereTheLossExplodes() throws Exception {
        String script = "printf 'epoch,loss\\n1,0.5\\n2,1e6\\n' > build/metrics.csv; sleep 300";

        Report report = folder.csv().train(script, "metric: loss, value: worst, max: 100", "metric: loss, max: 1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "loss[worst] 1000000 is above max 100: would pass at 1000000",
                        "loss could not be judged: the training was ended early, because the worst loss so far breaks max"
                                + " 100, which no later epoch can mend");
    }

    @Test
    void endsEarlyWhereNothingImprovesAndNotWhereTheGateHolds() throws Exception {
        String epochs = "printf 'epoch,loss\\n1,0.5\\n2,0.4\\n3,0.4\\n4,0.45\\n' > build/metrics.csv; sleep ";

        Report ended = folder.csv().train(epochs + "300", "metric: loss, max: 0.35, patience: 2");
        Report held = folder.csv().train(epochs + "1", "metric: loss, max: 0.45, patience: 2");

        assertThat(TrainingFolder.sentences(ended)).containsExactly("loss 0.45 is above max 0.35: would pass at 0.45");
        assertThat(TrainingFolder.environment(ended).text("endedEarly"))
                .contains("loss breaks max 0.35 and has not become better in 2 values");
        assertThat(held.verdict()).contains(Verdict.PASSED);
    }

    /** A last line without its end may be half a number. */
    @Test
    void looksAtNothingHalfWrittenWhileTheTrainingRuns() throws Exception {
        String script =
                "printf 'epoch,val_loss\\n1,0.5\\n2,n' > build/metrics.csv; sleep 1; printf 'an' >> build/metrics.csv;"
                        + " sleep 1; printf 'epoch,val_loss\\n1,0.3\\n' > build/metrics.csv";

        assertThat(folder.csv().train(script, LOSS).verdict()).contains(Verdict.PASSED);
    }

    @Test
    void leavesNoProcessWhenItIsInterrupted() throws Exception {
        needsProc();
        StageRun run = folder.training("(setsid sleep 300 &); sleep 300 & touch ready; wait", LOSS);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                run.run("1");
            } catch (Throwable e) {
                thrown.add(e);
            }
        });
        thread.start();
        while (thread.isAlive() && !Files.exists(folder.path("ready"))) {
            Thread.sleep(20);
        }
        assertThat(thrown).isEmpty();
        assertThat(folder.running()).hasSizeGreaterThan(1);
        thread.interrupt();
        thread.join();

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(folder.running()).isEmpty();
        assertThat(run.report("1").document().text("headline")).contains("NOT_EVALUATED: it was interrupted");
    }

    @Test
    void endsWhatACommandLeavesBehindBeforeItReadsWhatWasWritten() throws Exception {
        needsProc();
        String late = "(setsid sh -c 'sleep 2; echo \"{\\\"val_loss\\\": 0}\" > build/metrics.json' >/dev/null 2>&1 &)";

        Report report = folder.train(WRITE + "; " + late, "metric: val_loss, min: 0.1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(folder.running()).isEmpty();
    }

    @Test
    void saysWhatIsInTheWay() throws Exception {
        Files.writeString(folder.path("build"), "a file where a folder belongs");

        Report report = folder.train(WRITE, LOSS);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElseThrow())
                .contains("the training could not be run:")
                .contains(folder.path("build").toString());
    }

    @Test
    void refusesOutputsThatAreNotTheTrainingsToWrite() throws Exception {
        String digest = "0".repeat(64);
        folder.head("data: {holdout: {path: data/h.csv, label: y, features: {x: x}}}\n"
                        + "baseline: {policy: pinned, path: champion/model.onnx, digest: \"" + digest + "\"}\n")
                .keys("outputs: [build/model.onnx, gatewright.yaml, champion, data]");

        assertThat(folder.problems(LOSS))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("'gatewright.yaml' is the spec, or holds it"),
                        problem -> assertThat(problem).contains("'champion' is the baseline, or holds it"),
                        problem -> assertThat(problem)
                                .startsWith("warning: ")
                                .contains("the data set holdout is an output of train-gate"));
    }

    private static void needsProc() {
        Requires.that(Files.isDirectory(Path.of("/proc/self")), "needs /proc, by which the test finds processes");
    }

    @Test
    void countsTheSentencesOfManyNames() throws Exception {
        StringBuilder names = new StringBuilder("\"n0\": 1");
        for (int i = 1; i < 100; i++) {
            names.append(", \"n").append(i).append("\": 1");
        }

        Report report = folder.train("echo '{" + names + "}' > build/metrics.json", "metric: loss, max: 1");

        assertThat(TrainingFolder.sentences(report)).hasSize(1);
        assertThat(TrainingFolder.sentences(report).get(0)).endsWith(" and 70 more");
        assertThat(List.copyOf(TrainingFolder.environment(report)
                        .object("numbers")
                        .members()
                        .keySet()))
                .hasSize(100);
    }
}
