// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatewright.validation.onnx.run.WorkerFailure.Kind;
import dev.gatewright.validation.testkit.Requires;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a worker ends, the program says how, and nothing of it is left. */
@Tag("slow")
class EndingsTest {
    private static final List<String> STAGES = List.of("hello", "ready", "mapped", "outputs", "done", "times");

    @TempDir
    private Path folder;

    @AfterEach
    void leavesNothing() {
        Leftovers.assertNone();
    }

    // Each of the following is induced a hundred times: at every stage of a run, in every way.

    @RepeatedTest(25)
    void aCrashIsACrashWhereverItHappens(RepetitionInfo repetition) {
        for (String how : List.of("KILL", "SEGV", "ABRT", "exit")) {
            String stage = STAGES.get(repetition.getCurrentRepetition() % STAGES.size());
            WorkerFailure failure = fakeFailure(stage, how, Duration.ofSeconds(30));
            Kind expected = how.equals("exit") && stage.equals("hello") ? Kind.NOT_STARTED : Kind.CRASHED;
            assertThat(failure.kind())
                    .as(stage + " " + how + ": " + failure.getMessage())
                    .isEqualTo(expected);
            assertThat(failure).hasMessageContaining("Next: ");
        }
    }

    @RepeatedTest(100)
    void aHangIsEndedAfterItsLimit(RepetitionInfo repetition) {
        String stage = STAGES.get(repetition.getCurrentRepetition() % STAGES.size());
        WorkerFailure failure = fakeFailure(stage, "hang", Duration.ofMillis(300));
        assertThat(failure.kind()).as(stage + ": " + failure.getMessage()).isEqualTo(Kind.HUNG);
        assertThat(failure).hasMessageContaining("0.").hasMessageContaining("Next: ");
    }

    @RepeatedTest(100)
    void exhaustionIsToldAsSuch(RepetitionInfo repetition) {
        Requires.that(Files.isDirectory(Path.of("/proc/self")), "needs Linux, which limits a worker's memory");
        String stage = STAGES.get(repetition.getCurrentRepetition() % STAGES.size());
        WorkerFailure failure = fakeFailure(stage, "memory", Duration.ofSeconds(30));
        assertThat(failure.kind()).as(stage + ": " + failure.getMessage()).isEqualTo(Kind.OUT_OF_MEMORY);
        assertThat(failure).hasMessageContaining("Next: ");
    }

    @Test
    void aWorkerThatClosesItsMessagesIsEnded() {
        for (String stage : List.of("ready", "done")) {
            // Where the pipe was inherited too, its end does not show, and the limit ends the worker.
            assertThat(fakeFailure(stage, "close", Duration.ofSeconds(1)).kind())
                    .isIn(Kind.MISBEHAVED, Kind.HUNG);
        }
    }

    @Test
    void whatAWorkerStartedEndsWithIt() {
        assertThat(fakeFailure("done", "child", Duration.ofSeconds(1)).kind()).isEqualTo(Kind.HUNG);
    }

    @Test
    void aWorkerThatDoesNotReadIsNotWaitedForLongerThanItsLimit() {
        // Once it hangs at the outputs, the texts of the second block do not fit into the pipe any more.
        String ready = FakeWorker.frames(
                new dev.gatewright.validation.onnx.run.wire.Outgoing(dev.gatewright.validation.onnx.run.wire.Kind.READY)
                        .text("1.29.0")
                        .texts(List.of())
                        .texts(List.of("CPUExecutionProvider"))
                        .text("")
                        .number(1)
                        .text("x")
                        .number(ElementType.STRING.code())
                        .number(1)
                        .longNumber(-1));
        WorkerOptions options = fake("outputs", "hang", Duration.ofSeconds(1), "-Dfake.ready=" + ready);
        RunPlan plan = RunPlan.of(Path.of("none.onnx")).withSlots(2, 1);
        try (ModelRunner runner = ModelRunner.start(plan, options, FakeWorker.class.getName())) {
            Slot slot = runner.emptySlot();
            slot.strings(0).set(0, "long".repeat(1 << 20));
            runner.submit(slot, 1);
            Slot second = runner.emptySlot();
            second.strings(0).set(0, "long".repeat(1 << 20));
            assertThatThrownBy(() -> runner.submit(second, 1))
                    .isInstanceOf(WorkerFailure.class)
                    .hasMessageContaining("reading its rows");
        }
    }

    @RepeatedTest(5)
    void aRealWorkerThatIsKilledWhileItRunsIsACrash() {
        for (String signal : List.of("KILL", "SEGV")) {
            WorkerFailure failure = whileRunning(Workers.usual(), () -> signal(signal, Leftovers.processes()));
            assertThat(failure.kind()).isEqualTo(Kind.CRASHED);
            assertThat(failure).hasMessageContaining("SIG" + signal);
        }
    }

    @RepeatedTest(3)
    void aRealModelWithoutAnEndIsEndedAfterItsLimit() {
        WorkerFailure failure = whileRunning(Workers.usual().withCallLimit(Duration.ofMillis(500)), () -> {});
        assertThat(failure.kind()).isEqualTo(Kind.HUNG);
    }

    @RepeatedTest(3)
    void aRealModelThatNeedsMoreMemoryThanItsLimitIsToldAsSuch() {
        Requires.that(Files.isDirectory(Path.of("/proc/self")), "needs Linux, which limits a worker's memory");
        Path model = SlowModels.wide(folder, 8 << 20);
        WorkerFailure failure = failure(model, Workers.usual().withMemoryBytes(1L << 30));
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.OUT_OF_MEMORY);
    }

    @Test
    void aModelThatStaysBelowTheLimitRuns() {
        Path model = SlowModels.wide(folder, 1 << 18);
        RunPlan plan = RunPlan.of(model);
        try (ModelRunner runner = ModelRunner.start(plan, Workers.usual().withMemoryBytes(1L << 30))) {
            runner.submit(runner.emptySlot(), 64);
            assertThat(runner.next().output(0).real(63)).isEqualTo(1 << 18);
        }
    }

    @Test
    void anInterruptEndsARunAtOnceAndStaysSet() {
        WorkerFailure failure = whileRunning(Workers.usual(), Thread.currentThread()::interrupt);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
    }

    @Test
    void anInterruptEndsAStartAndATiming() {
        for (String stage : List.of("hello", "ready", "mapped", "times")) {
            Thread thread = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                awaitWorker();
                thread.interrupt();
            });
            interrupter.start();
            WorkerFailure failure = fakeFailure(stage, "hang", Duration.ofSeconds(30));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        }
    }

    @Test
    void aFailureIsToldAgainByEveryCallAfterIt() {
        Path model = SlowModels.endless(folder);
        WorkerOptions options = Workers.usual().withCallLimit(Duration.ofMillis(200));
        try (ModelRunner runner = ModelRunner.start(RunPlan.of(model), options)) {
            Slot other = runner.emptySlot();
            runner.submit(other, 1);
            Throwable first = catchThrowable(runner::next);
            assertThat(first).isInstanceOf(WorkerFailure.class);
            assertThatThrownBy(runner::next).isSameAs(first);
            assertThatThrownBy(() -> runner.submit(runner.emptySlot(), 1)).isSameAs(first);
        }
    }

    @Test
    void closingTwiceAndInTheMidstIsFine() {
        Path model = SlowModels.endless(folder);
        ModelRunner runner = ModelRunner.start(RunPlan.of(model), Workers.usual());
        runner.submit(runner.emptySlot(), 1);
        runner.close();
        runner.close();
    }

    @Test
    void aWorkerEndsWithTheProgramThatStartedIt() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + Workers.testClasses(),
                Orphan.class.getName(),
                SlowModels.endless(folder).toString()));
        Process parent = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line).isNotNull();
            ProcessHandle worker = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
            assertThat(worker.isAlive()).isTrue();
            parent.destroyForcibly().waitFor();
            worker.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(worker.isAlive()).isFalse();
            assertThat(Leftovers.files("gatewright-" + parent.pid() + "-")).isEmpty();
        }
    }

    /** Starts a worker on a model without an end, says its number, and waits for its own. */
    static final class Orphan {
        private Orphan() {}

        public static void main(String[] arguments) {
            try (ModelRunner runner = ModelRunner.start(RunPlan.of(Path.of(arguments[0])), Workers.usual())) {
                runner.submit(runner.emptySlot(), 1);
                System.out.println(Leftovers.processes().get(0).pid());
                runner.next();
            }
        }
    }

    private WorkerFailure whileRunning(WorkerOptions options, Runnable then) {
        try (ModelRunner runner = ModelRunner.start(RunPlan.of(SlowModels.endless(folder)), options)) {
            runner.submit(runner.emptySlot(), 1);
            then.run();
            return (WorkerFailure) catchThrowable(runner::next);
        }
    }

    private static WorkerFailure failure(Path model, WorkerOptions options) {
        try (ModelRunner runner = ModelRunner.start(RunPlan.of(model), options)) {
            runner.submit(runner.emptySlot(), 64);
            return (WorkerFailure) catchThrowable(runner::next);
        }
    }

    private static WorkerFailure fakeFailure(String stage, String how, Duration limit) {
        WorkerOptions options = fake(stage, how, limit);
        Throwable thrown = catchThrowable(() -> {
            try (ModelRunner runner = ModelRunner.start(
                    RunPlan.of(Path.of("none.onnx")).withSlots(2, 1), options, FakeWorker.class.getName())) {
                runner.measureLatency(runner.emptySlot(), 1, 0, 1, 1);
                runner.submit(runner.emptySlot(), 1);
                runner.next();
            }
        });
        assertThat(thrown).isInstanceOf(WorkerFailure.class);
        return (WorkerFailure) thrown;
    }

    private static WorkerOptions fake(String stage, String how, Duration limit, String... more) {
        List<String> flags = new ArrayList<>(List.of(more));
        flags.addAll(
                List.of("-Xint", "-Xmx32m", "-XX:MaxDirectMemorySize=64g", "-Dfake.at=" + stage, "-Dfake.how=" + how));
        boolean atStart = List.of("hello", "ready", "mapped").contains(stage);
        return WorkerOptions.of(List.of(Workers.classes(), Workers.testClasses()))
                .withJavaFlags(flags.toArray(String[]::new))
                .withMemoryBytes(512L << 20)
                .withStartLimit(atStart ? limit.plusMillis(600) : Duration.ofSeconds(60))
                .withCallLimit(limit);
    }

    private static void awaitWorker() {
        while (Leftovers.processes().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            try {
                new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
