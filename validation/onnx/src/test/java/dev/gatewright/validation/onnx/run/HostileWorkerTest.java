// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a worker says instead of the truth, the program neither believes it nor fails in a way of its own. */
@Tag("slow")
class HostileWorkerTest {
    private static final int MAX = Integer.MAX_VALUE;
    private static final int FLOAT = ElementType.FLOAT.code();
    private static final int STRING = ElementType.STRING.code();

    /** A lie: at a stage, these bytes; some need other outputs before. */
    record Lie(String name, List<String> properties) {
        static Lie at(String stage, String name, String hex) {
            return new Lie(stage + ": " + name, List.of("-Dfake." + stage + "=" + hex));
        }

        static Lie at(String stage, String name, Outgoing... messages) {
            return at(stage, name, FakeWorker.frames(messages));
        }

        Lie withOutputs(Outgoing outputs) {
            List<String> more = new ArrayList<>(properties);
            more.add("-Dfake.outputs=" + FakeWorker.frames(outputs));
            return new Lie(name, more);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        return Stream.of(frames(), starts(), outputs(), answers(), failures()).flatMap(List::stream);
    }

    private static List<Lie> frames() {
        List<Lie> lies = new ArrayList<>();
        for (String stage : List.of("hello", "ready", "mapped", "outputs", "done")) {
            lies.add(Lie.at(stage, "a frame of negative length", "ffffffff00"));
            lies.add(Lie.at(stage, "a frame without a kind", "00000000"));
            lies.add(Lie.at(stage, "a frame longer than any", "7fffffff1400000000"));
            lies.add(Lie.at(stage, "text instead of a frame", "48656c6c6f2c20776f726c6421"));
            lies.add(Lie.at(stage, "a kind that there is not", new Outgoing((byte) 99)));
            lies.add(Lie.at(stage, "a kind of the other side", new Outgoing(Kind.RUN).number(0)));
            lies.add(Lie.at(
                    stage, "a message without its values", stage.equals("mapped") ? "0000000115" : "0000000112"));
        }
        return lies.stream()
                // An empty message of this kind is the truth.
                .filter(lie -> !lie.name().startsWith("mapped: a message without"))
                .toList();
    }

    private static List<Lie> starts() {
        return List.of(
                Lie.at("hello", "another greeting", new Outgoing(Kind.HELLO).longNumber(1)),
                Lie.at("hello", "ready at once", FakeWorker.ready(1)),
                Lie.at(
                        "ready",
                        "more inputs than announced",
                        FakeWorker.ready(1).number(7)),
                Lie.at("ready", "fewer inputs than announced", head().number(MAX)),
                Lie.at("ready", "a negative number of inputs", head().number(-1)),
                Lie.at("ready", "a name of negative length", head().number(1).number(-5)),
                Lie.at(
                        "ready",
                        "a name longer than the message",
                        head().number(1).number(60_000)),
                Lie.at("ready", "a name longer than any", head().number(1).number(MAX)),
                Lie.at(
                        "ready",
                        "a type that there is not",
                        head().number(1).text("x").number(77).number(0)),
                Lie.at(
                        "ready",
                        "more axes than any",
                        head().number(1).text("x").number(FLOAT).number(MAX)),
                Lie.at(
                        "ready",
                        "a name that is no UTF-8",
                        FakeWorker.frames(
                                        head().number(1).text("@").number(FLOAT).number(0))
                                .replace("0000000140", "00000001ff")),
                Lie.at(
                        "ready",
                        "too many providers",
                        new Outgoing(Kind.READY).text("1.29.0").number(MAX)),
                Lie.at("mapped", "values that do not belong there", new Outgoing(Kind.MAPPED).number(3)));
    }

    private static List<Lie> outputs() {
        return List.of(
                Lie.at("outputs", "none", new Outgoing(Kind.OUTPUTS).number(0).number(0)),
                Lie.at(
                        "outputs",
                        "more than announced",
                        FakeWorker.outputs(FLOAT, 2).number(0)),
                Lie.at("outputs", "fewer than announced", new Outgoing(Kind.OUTPUTS).number(MAX)),
                Lie.at("outputs", "a type that there is not", FakeWorker.outputs(0, 2)),
                Lie.at("outputs", "rows of no size", FakeWorker.outputs(FLOAT, 0)),
                Lie.at("outputs", "rows of negative size", FakeWorker.outputs(FLOAT, -2)),
                Lie.at("outputs", "rows that overflow", FakeWorker.outputs(FLOAT, MAX)),
                Lie.at("outputs", "rows larger than memory", FakeWorker.outputs(FLOAT, 1 << 22)),
                Lie.at("outputs", "texts larger than memory", FakeWorker.outputs(STRING, 1 << 22)),
                Lie.at("outputs", "too few keys", keys(1)),
                Lie.at("outputs", "too many keys", keys(3)),
                Lie.at("outputs", "a negative number of keys", keys(-1)),
                Lie.at("outputs", "nodes on a provider that is not there", nodes("CUDAExecutionProvider", 1)),
                Lie.at("outputs", "a negative number of nodes", nodes("CPUExecutionProvider", -1)),
                Lie.at("outputs", "twice", FakeWorker.outputs(FLOAT, 2), FakeWorker.outputs(FLOAT, 2)),
                Lie.at("outputs", "done before them", new Outgoing(Kind.DONE).number(0)));
    }

    private static List<Lie> answers() {
        Outgoing texts = FakeWorker.outputs(STRING, 2);
        return List.of(
                Lie.at("done", "a slot below the first", new Outgoing(Kind.DONE).number(-1)),
                Lie.at("done", "a slot above the last", new Outgoing(Kind.DONE).number(2)),
                Lie.at("done", "a slot that does not run", new Outgoing(Kind.DONE).number(1)),
                Lie.at(
                        "done",
                        "texts of numbers",
                        new Outgoing(Kind.DONE).number(0).number(1).text("one")),
                Lie.at("done", "no texts", new Outgoing(Kind.DONE).number(0)).withOutputs(texts),
                Lie.at(
                                "done",
                                "too few texts",
                                new Outgoing(Kind.DONE).number(0).texts(List.of("one")))
                        .withOutputs(texts),
                Lie.at(
                                "done",
                                "too many texts",
                                new Outgoing(Kind.DONE).number(0).number(MAX))
                        .withOutputs(texts),
                Lie.at(
                                "done",
                                "a text longer than any",
                                new Outgoing(Kind.DONE).number(0).number(2).number(MAX))
                        .withOutputs(texts),
                Lie.at("done", "progress that is none", new Outgoing(Kind.PROGRESS).longNumber(0)),
                Lie.at("done", "progress beyond the end", new Outgoing(Kind.PROGRESS).longNumber(3)),
                Lie.at("done", "negative progress", new Outgoing(Kind.PROGRESS).longNumber(-1)),
                Lie.at("done", "times that nobody asked for", new Outgoing(Kind.TIMES).number(0)),
                Lie.at("times", "too few", new Outgoing(Kind.TIMES).number(0)),
                Lie.at("times", "too many", new Outgoing(Kind.TIMES).number(MAX)),
                Lie.at(
                        "times",
                        "negative ones",
                        new Outgoing(Kind.TIMES).number(1).longNumber(-1)),
                Lie.at(
                        "times",
                        "more than announced",
                        new Outgoing(Kind.TIMES).number(1).longNumber(1).number(0)),
                Lie.at("times", "a block that nobody submitted", new Outgoing(Kind.DONE).number(0)));
    }

    private static List<Lie> failures() {
        return List.of(
                Lie.at(
                        "ready",
                        "a failure that there is not",
                        new Outgoing(Kind.FAILED).text("JOY").text("Well.")),
                Lie.at(
                        "ready",
                        "a failure without a sentence",
                        new Outgoing(Kind.FAILED).text("REFUSED").text("")),
                Lie.at(
                        "ready",
                        "a failure of unprintables",
                        new Outgoing(Kind.FAILED).text("REFUSED").text("\u001b\u0007")),
                Lie.at(
                        "done",
                        "an interrupt",
                        new Outgoing(Kind.FAILED).text("INTERRUPTED").text("Stop.")),
                Lie.at(
                        "done",
                        "a sentence longer than any",
                        new Outgoing(Kind.FAILED).text("REFUSED").number(MAX)));
    }

    private static Outgoing head() {
        return new Outgoing(Kind.READY)
                .text("1.29.0")
                .texts(List.of("CPUExecutionProvider"))
                .texts(List.of("CPUExecutionProvider"))
                .text("");
    }

    private static Outgoing keys(int count) {
        Outgoing outputs = new Outgoing(Kind.OUTPUTS)
                .number(1)
                .text("y")
                .number(FLOAT)
                .number(2)
                .number(count);
        for (int i = 0; i < count; i++) {
            outputs.text("key");
        }
        return outputs.number(0);
    }

    private static Outgoing nodes(String provider, int count) {
        return new Outgoing(Kind.OUTPUTS)
                .number(1)
                .text("y")
                .number(FLOAT)
                .number(2)
                .number(0)
                .number(1)
                .text(provider)
                .number(count);
    }

    @AfterEach
    void leavesNothing() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void isNotBelieved(Lie lie) {
        Throwable thrown = catchThrowable(() -> roundTrip(lie.properties()));
        assertThat(thrown).isInstanceOf(WorkerFailure.class);
        assertThat(((WorkerFailure) thrown).kind()).isEqualTo(WorkerFailure.Kind.MISBEHAVED);
        assertThat(thrown).hasMessageContaining("Next: ");
        assertThat(thrown.getMessage().chars().noneMatch(Character::isISOControl))
                .isTrue();
    }

    @Test
    void isBelievedWhenItSaysWhatAWorkerSays() {
        roundTrip(List.of());
    }

    @Test
    void mayPrintWhatItLikesBetweenItsMessages() {
        for (String stage : List.of("ready", "done")) {
            roundTrip(List.of("-Dfake.at=" + stage, "-Dfake.how=chatter"));
        }
    }

    @Test
    void doesNotMakeTheProgramWaitForAMessageThatEndsInTheMiddle() {
        WorkerFailure failure = (WorkerFailure) catchThrowable(() -> roundTrip(List.of("-Dfake.ready=0000006412aabb")));
        assertThat(failure.kind()).isEqualTo(WorkerFailure.Kind.HUNG);
    }

    @Test
    void cannotFailWithASentenceThatMovesATerminal() {
        String frames = FakeWorker.frames(
                new Outgoing(Kind.FAILED).text("REFUSED").text("\u001b[2JAll\nis \u202ewell." + "!".repeat(60_000)));
        WorkerFailure failure = (WorkerFailure) catchThrowable(() -> roundTrip(List.of("-Dfake.ready=" + frames)));
        assertThat(failure.kind()).isEqualTo(WorkerFailure.Kind.REFUSED);
        assertThat(failure.getMessage()).startsWith("[2JAll is well.").hasSizeLessThan(5000);
    }

    private static void roundTrip(List<String> properties) {
        List<String> flags = new ArrayList<>(properties);
        flags.add("-Xint");
        WorkerOptions options = WorkerOptions.of(List.of(Workers.classes(), Workers.testClasses()))
                .withJavaFlags(flags.toArray(String[]::new))
                .withMemoryBytes(1L << 30)
                .withStartLimit(Duration.ofSeconds(5))
                .withCallLimit(Duration.ofSeconds(5));
        RunPlan plan = RunPlan.of(Path.of("none.onnx")).withSlots(2, 1);
        try (ModelRunner runner = ModelRunner.start(plan, options, FakeWorker.class.getName())) {
            assertThat(runner.measureLatency(runner.emptySlot(), 1, 0, 1, 1)).containsExactly(5);
            for (int block = 0; block < 2; block++) {
                runner.submit(runner.emptySlot(), 1);
                Slot slot = runner.next();
                assertThat(slot.output(0).spec().rowSize()).isEqualTo(2);
                runner.release(slot);
            }
        }
    }
}
