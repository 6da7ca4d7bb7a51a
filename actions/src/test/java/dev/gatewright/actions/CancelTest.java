// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A runner that cancels a step signals the process that it started, and none else; and kills all of them when that takes long. */
class CancelTest {
    @TempDir
    private Path folder;

    private List<ProcessHandle> training = List.of();

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void theSignalReachesTheProgramAndWhatItHasStarted(String signal) throws Exception {
        Runner.Started started = train();
        long begun = System.nanoTime();
        kill(signal, started);
        Runner.Ended ended = started.ended();

        assertThat(ended.code()).as(ended.log()).isEqualTo(130);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("a runner waits for 7.5 s")
                .isLessThan(Duration.ofSeconds(7));
        for (ProcessHandle each : training) {
            each.onExit().get(5, TimeUnit.SECONDS); // an orphan is gone once it is reaped
        }
        assertThat(ended.outputs()).contains("verdict<<end-of-verdict\nNOT_EVALUATED\n", "interrupted");
        assertThat(Files.readString(folder.resolve("workspace/.gatewright/runs/github-77-2/train-gate/report.json")))
                .contains("it was interrupted");
    }

    @Test
    void whatWasKilledHasNoVerdict() throws Exception {
        Runner.Started started = train();
        List<ProcessHandle> all = started.process().descendants().toList();
        kill("KILL", started);
        all.forEach(ProcessHandle::destroyForcibly);
        Runner.Ended ended = started.ended();

        assertThat(ended.code()).isEqualTo(137);
        assertThat(ended.outputs()).isEqualTo("verdict=NOT_EVALUATED\nstatus=NOT_STARTED\n");
    }

    /** A step whose training waits for a process of its own. */
    private Runner.Started train() throws Exception {
        Runner runner = new Runner(folder)
                .with("PATH", BuiltProgram.folder().resolve("bin") + ":" + System.getenv("PATH"))
                .with("JAVA_HOME", System.getProperty("java.home"));
        Files.writeString(runner.workspace().resolve("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: regression, path: model.onnx}
                stages:
                  train-gate:
                    run: sh -c 'echo $$ >>pids; sleep 600 & echo $! >>pids; wait'
                    metrics: metrics.json
                    gates: [{metric: loss, max: 1}]
                """);
        Runner.Started started = runner.start(Action.in("actions/run"), 0, Map.of());
        Path pids = runner.workspace().resolve("pids");
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
            assertThat(System.nanoTime()).as("the training does not start").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        training = new ArrayList<>();
        for (String pid : Files.readAllLines(pids)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(training::add);
        }
        assertThat(training).hasSize(2);
        return started;
    }

    private static void kill(String signal, Runner.Started started) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-" + signal, Long.toString(started.process().pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
