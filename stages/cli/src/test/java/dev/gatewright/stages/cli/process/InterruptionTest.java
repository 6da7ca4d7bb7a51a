// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that give up, kill, or start twice. */
@Tag("slow")
class InterruptionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void endsCleanlyOnSignal(String signal) throws Exception {
        Workplace workplace = Workplace.in(folder);
        workplace.trainSlowly();
        Workplace.Running running = workplace.start("run", "--run-id", Workplace.RUN_ID);
        List<ProcessHandle> training = workplace.awaitTraining();
        List<ProcessHandle> started = Stream.concat(
                        training.stream(), running.process().descendants())
                .toList();

        running.signal(signal);
        Workplace.Answer answer = running.answer();

        assertThat(answer.code()).as(answer.all()).isEqualTo(130);
        Report report = workplace.report(Workplace.RUN_ID, StageName.TRAIN_GATE);
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().object("cause").text("sentence"))
                .hasValueSatisfying(why -> assertThat(why).contains("it was interrupted"));
        for (ProcessHandle process : started) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void continuesARunThatWasKilled() throws Exception {
        Workplace workplace = Workplace.in(folder);
        workplace.trainSlowly();
        Workplace.Running running = workplace.start("run", "--run-id", Workplace.RUN_ID);
        List<ProcessHandle> training = workplace.awaitTraining();
        running.process().children().forEach(ProcessHandle::destroyForcibly);
        Workplace.Answer killed = running.answer();
        training.forEach(ProcessHandle::destroyForcibly); // nobody else can: their program is gone

        assertThat(killed.code()).as(killed.all()).isEqualTo(3);
        assertThat(killed.err()).contains("killed", "--run-id");
        assertThat(workplace.report(Workplace.RUN_ID, StageName.TRAIN_GATE).verdict())
                .contains(Verdict.NOT_EVALUATED);

        workplace.goOn();
        Workplace.Answer continued = workplace.run("run", "--run-id", Workplace.RUN_ID);

        assertThat(continued.code()).as(continued.all()).isZero();
        assertThat(workplace
                        .report(Workplace.RUN_ID, StageName.EVALUATE_METRICS)
                        .verdict())
                .contains(Verdict.PASSED);
    }

    @Test
    void refusesTheSameRunTwiceAtOnceAndLeavesTheFirstAlone() throws Exception {
        Workplace workplace = Workplace.in(folder);
        workplace.trainSlowly();
        Workplace.Running first = workplace.start("run", "--run-id", Workplace.RUN_ID);
        workplace.awaitTraining();

        Workplace.Answer second = workplace.run("run", "--run-id", Workplace.RUN_ID);
        workplace.goOn();

        assertThat(second.code()).as(second.all()).isEqualTo(3);
        assertThat(second.err()).contains("another process works on the run", "start a run of another id");
        assertThat(first.answer().code()).isZero();
        assertThat(workplace
                        .report(Workplace.RUN_ID, StageName.EVALUATE_METRICS)
                        .verdict())
                .contains(Verdict.PASSED);
    }

    @Test
    void judgesTwoRunsAtOnceInOneFolderEachForItself() throws Exception {
        Workplace workplace = Workplace.in(folder);
        Workplace.Answer trained = workplace.run("train-gate");
        assertThat(trained.code()).as(trained.all()).isZero();
        workplace.withoutTraining();

        Workplace.Running first = workplace.start("run", "--run-id", "first");
        Workplace.Running second = workplace.start("run", "--run-id", "second");

        assertThat(first.answer().code()).isZero();
        assertThat(second.answer().code()).isZero();
        Report one = workplace.report("first", StageName.EVALUATE_METRICS);
        Report other = workplace.report("second", StageName.EVALUATE_METRICS);
        assertThat(one.runId()).isEqualTo("first");
        assertThat(other.runId()).isEqualTo("second");
        assertThat(one.judgementDigest()).isEqualTo(other.judgementDigest());
    }

    /** Both would write the same files, and one would be judged by the numbers of the other. */
    @Test
    void doesNotTrainWhatAnotherRunTrains() throws Exception {
        Workplace workplace = Workplace.in(folder);
        workplace.trainSlowly();
        Workplace.Running first = workplace.start("run", "--run-id", "first");
        workplace.awaitTrainings(1);

        Workplace.Answer second = workplace.run("run", "--run-id", "second");

        assertThat(second.code()).as(second.all()).isEqualTo(3);
        assertThat(second.all()).contains("another training writes build/model.onnx now", "start the stage again");
        assertThat(workplace.report("second", StageName.TRAIN_GATE).verdict()).contains(Verdict.NOT_EVALUATED);

        workplace.goOn();
        Workplace.Answer firstAnswer = first.answer();
        assertThat(firstAnswer.code()).as(firstAnswer.all()).isZero();
        assertThat(Files.readAllLines(workplace.path("trainings"))).hasSize(1);
    }
}
