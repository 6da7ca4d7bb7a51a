// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs is a real process, that is not ended with what looks after it. */
class SurvivalTest {
    private static final String RUN = "jenkins-team-a-digits-1";
    private static final String HEARTBEAT =
            "org.jenkinsci.plugins.durabletask.BourneShellScript.HEARTBEAT_CHECK_INTERVAL";

    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void prepare() throws Exception {
        FakeProgram program = FakeProgram.in(folder.resolve("program"));
        RunDocuments documents = new RunDocuments(RUN);
        documents.add(StageName.EVALUATE_METRICS, Status.DONE, Verdict.PASSED);
        program.documents(documents).does("""
                        echo one
                        sleep 600 & echo $! >>pids
                        sh -c 'sleep 601 & echo $! >>pids; wait' &
                        echo $$ >>pids
                        while ! [ -e go ]; do sleep 0.02; done
                        echo two
                        leave "$@"
                        kill $(cat pids | grep -v $$)
                        exit 0""");
        build = TestBuild.in(folder, program.home());
    }

    @AfterEach
    void end() throws Exception {
        System.clearProperty(HEARTBEAT);
        for (ProcessHandle process : started()) {
            process.destroyForcibly();
        }
    }

    @Test
    void aControllerThatIsKilledAndStartedAnewGoesOn() throws Exception {
        StepRun step = running(1);
        step.killController();
        Thread.sleep(300);

        step.startController();
        goOn();

        assertThat(step.result()).containsEntry("verdict", "PASSED");
        assertThat(build.log()).containsOnlyOnce("one\n").containsOnlyOnce("two\n");
        assertThat(step.ends()).isEqualTo(1);
        StepRun.await(() -> build.controlFolders().isEmpty());
    }

    @Test
    void whatEndsWhileThereIsNoControllerIsReadByTheNext() throws Exception {
        StepRun step = running(1);
        step.killController();
        goOn();
        StepRun.await(() -> Files.exists(build.controlFolders().get(0).resolve("jenkins-result.txt")));

        step.startController();

        assertThat(step.result()).containsEntry("verdict", "PASSED");
    }

    @Test
    void aResultThatIsLostWithTheControllerIsGivenByTheNext() throws Exception {
        StepRun step = running(1);
        step.killControllerWithTheResult();
        goOn();
        StepRun.await(() -> step.controllers() == 2);
        assertThat(build.controlFolders()).isNotEmpty();

        step.startController();

        assertThat(step.result()).containsEntry("verdict", "PASSED");
        assertThat(step.ends()).isEqualTo(1);
    }

    /** What was judged does not depend on files that are removed with the result. */
    @Test
    void aResultThatIsLostAfterCleaningUpIsGivenByTheNext() throws Exception {
        StepRun step = running(1);
        goOn();
        Map<String, Object> result = step.result();
        StepRun.await(() -> build.controlFolders().isEmpty());
        step.killController();

        step.startController();

        StepRun.await(() -> step.ends() == 2);
        assertThat(step.result()).isEqualTo(result);
    }

    /** Between the start of the program and saving that it was started there is a moment. */
    @Test
    void theProgramNeverRunsTwiceAtOnce() throws Exception {
        StepRun step = running(1);
        List<ProcessHandle> first = started();
        step.killController();

        step.startController(
                1); // the first is saved before the start, the second when the program is about to be started
        awaitPrograms(2);

        assertThat(first).noneMatch(ProcessHandle::isAlive);
        goOn();
        assertThat(step.result()).containsEntry("verdict", "PASSED");
        assertThat(step.ends()).isEqualTo(1);
    }

    @Test
    void anAgentThatGoesAwayIsWaitedForAndSaidOnce() throws Exception {
        StepRun step = running(1);
        build.disconnect();
        StepRun.await(() -> build.log().contains("is away"));
        goOn();
        Thread.sleep(1_500);
        assertThat(step.hasEnded()).isFalse();

        build.connect();

        assertThat(step.result()).containsEntry("verdict", "PASSED");
        assertThat(build.log())
                .containsOnlyOnce("is away")
                .containsOnlyOnce("is back")
                .containsOnlyOnce("two\n");
    }

    @Test
    void abortEndsTheWholeTreeOfProcesses() throws Exception {
        StepRun step = running(1);
        List<ProcessHandle> processes = started();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        step.stop(cause);

        assertThat(step.failure()).isSameAs(cause);
        assertThat(processes).hasSize(3).noneMatch(ProcessHandle::isAlive);
        assertThat(step.ends()).isEqualTo(1);
        StepRun.await(() -> build.controlFolders().isEmpty());
    }

    @Test
    void abortIsRememberedByTheNextController() throws Exception {
        StepRun step = running(1);
        List<ProcessHandle> processes = started();
        step.stop(new FlowInterruptedException(Result.UNSTABLE, true));
        step.killController();

        step.startController();

        assertThat(step.failure())
                .isInstanceOfSatisfying(
                        FlowInterruptedException.class,
                        failure -> assertThat(failure.getResult()).isEqualTo(Result.ABORTED));
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void abortDoesNotWaitForAnAgentThatIsAway() throws Exception {
        StepRun step = running(1);
        build.disconnect();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        step.stop(cause);

        assertThat(step.failure()).isSameAs(cause);
        assertThat(build.log()).contains("cannot be stopped");
    }

    @Test
    void whatIsAbortedWhileItsProgramIsInstalledIsNotStartedAfterwards() throws Exception {
        build.holdInstallation();
        StepRun step = build.start(new EvaluateMetricsStep());
        StepRun.await(build::isInstallationAwaited);
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        step.stop(cause);

        assertThat(step.failure()).isSameAs(cause);
        build.install();
        Thread.sleep(500);
        assertThat(started()).isEmpty();
        assertThat(step.ends()).isEqualTo(1);
    }

    @Test
    void abortDoesNotWaitForEverForAProgramThatDoesNotEnd() throws Exception {
        FakeProgram.in(folder.resolve("program")).does("""
                trap '' TERM
                echo $$ >>pids
                echo one
                while ! [ -e go ]; do sleep 0.02; done
                exit 0""");
        StepRun step = build.start(new EvaluateMetricsStep());
        StepRun.await(() -> build.log().contains("one"));
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        step.execution().stop(cause, 1);

        assertThat(step.failure()).isSameAs(cause);
        assertThat(build.log()).contains("does not stop");
        assertThat(step.ends()).isEqualTo(1);
    }

    /** As where memory runs out: whoever would write the exit code down is gone, and what it waited for may still run. */
    @Test
    void aProgramThatIsLostIsNotEvaluatedAndDoesNotRunOn() throws Exception {
        StepRun step = running(1);
        List<ProcessHandle> processes = started();
        String control = build.controlFolders().get(0).toString();

        List<ProcessHandle> wrappers = ProcessHandle.allProcesses()
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(argument -> argument.contains(control + "'")))
                .toList();
        assertThat(wrappers).isNotEmpty().doesNotContainAnyElementsOf(processes);
        System.setProperty(HEARTBEAT, "1");
        wrappers.forEach(ProcessHandle::destroyForcibly);

        assertThat(step.failure()).hasMessageContaining("NOT_EVALUATED").hasMessageContaining("lost");
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    private StepRun running(int programs) throws Exception {
        StepRun step = build.start(new EvaluateMetricsStep());
        awaitPrograms(programs);
        StepRun.await(() -> build.log().contains("one"));
        return step;
    }

    private void awaitPrograms(int count) throws Exception {
        Path pids = build.workspace().resolve("pids");
        StepRun.await(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 3 * count);
    }

    private List<ProcessHandle> started() throws Exception {
        Path pids = build.workspace().resolve("pids");
        List<ProcessHandle> processes = new ArrayList<>();
        if (Files.exists(pids)) {
            for (String pid : Files.readAllLines(pids)) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(processes::add);
            }
        }
        return processes;
    }

    private void goOn() throws Exception {
        Files.createFile(build.workspace().resolve("go"));
    }
}
