// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when an evaluation does not come to its end: it says why, judges nothing that it has not seen, and leaves nothing. */
@Tag("slow")
@Timeout(120)
class EndingsTest {
    private static final Gate ALONE = Gates.min(Gates.ACCURACY, 0.5);
    private static final Gate NOT_WORSE = Gates.notWorse(Gates.ACCURACY, 0.1);

    // More blocks than are under way at once.
    private static final int MANY = 30_000;

    @TempDir
    Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void write() {
        data = LabelledRows.random(new Gen(11), MANY).writeTo(folder.resolve("rows.csv"));
        model = Models.largest(folder, "N");
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        assertThat(Workers.running()).isZero();
        ReadingThreads.assertNoneIsLeft();
    }

    @Test
    void aWorkerThatIsKilledEndsTheEvaluation() {
        assertFails(() -> Judging.model(model, data).gates(ALONE).judge(once(Workers::killAll)))
                .hasMessageContaining("killed");
    }

    @Test
    void aWorkerThatHangsEndsTheEvaluation() {
        assertFails(() -> Judging.model(Models.endless(folder), data)
                        .gates(ALONE)
                        .worker(Workers.usual().withCallLimit(Duration.ofSeconds(2)))
                        .judge())
                .hasMessageContaining("no sign of life");
    }

    @Test
    void aBaselineThatHangsLeavesTheCandidateJudged() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(Models.endless(folder), null)
                .gates(NOT_WORSE, ALONE)
                .worker(Workers.usual().withCallLimit(Duration.ofSeconds(3)))
                .judge();

        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.NOT_EVALUATED, Verdict.PASSED);
        assertThat(Results.sentence(evaluation, 0)).contains("could not be judged: baseline cannot be had: ");
        assertThat(evaluation.rows().rows()).isEqualTo(MANY);
    }

    @Test
    void aJavaThatIsNotThereEndsTheEvaluation() {
        assertFails(() -> Judging.model(model, data)
                        .gates(ALONE)
                        .worker(Workers.usual().withJava(folder.resolve("no-java")))
                        .judge())
                .hasMessageContaining("no-java");
    }

    @Test
    void rowsThatAreAddedMeanwhileEndTheEvaluation() {
        assertFails(() -> Judging.model(model, data).gates(ALONE).judge(once(() -> append(data))))
                .hasMessageContaining("rows.csv changed while it was read");
    }

    @Test
    void aPredictionsFileThatChangesEndsTheEvaluation() {
        assertFails(() -> Judging.predictions(data, "said").gates(ALONE).judge(once(() -> append(data))))
                .hasMessageContaining("rows.csv changed while it was read");
    }

    @Test
    void aFileThatIsCutMeanwhileEndsTheEvaluation() {
        assertFails(() -> Judging.predictions(data, "said").gates(ALONE).judge(once(() -> write(data, new byte[100]))))
                .hasMessageContaining("rows.csv changed while it was read");
    }

    @Test
    void aModelThatIsReplacedMeanwhileEndsTheEvaluation() {
        assertFails(() -> Judging.model(model, data)
                        .gates(ALONE)
                        .judge(once(() -> write(model, Models.favouring("N", 9).toBytes()))))
                .hasMessageContaining("largest-N.onnx");
    }

    @Test
    void aBaselineThatIsReplacedMeanwhileIsNoEvidence() {
        Path baseline = Models.favouring(folder, 100);
        assertFails(() -> Judging.model(model, data)
                        .against(baseline, null)
                        .gates(NOT_WORSE, ALONE)
                        .judge(once(
                                () -> write(baseline, Models.favouring("N", 9).toBytes()))))
                .hasMessageContaining("favouring-100.onnx");
    }

    @Test
    void aNumberThatIsNoneEndsTheEvaluationAndNamesTheRow() {
        LabelledRows rows = LabelledRows.random(new Gen(12), 300);
        int[] first = {0};
        for (int i = rows.rows().size() - 1; i >= 0; i--) {
            first[0] = rows.rows().get(i).x().get(0) < -1000 ? i : first[0];
        }
        assertFails(() -> Judging.model(Models.notANumberBelow(folder, -1), rows.writeTo(folder.resolve("few.csv")))
                        .gates(ALONE)
                        .judge())
                .hasMessage("output 'scores' of the model is NaN in row " + (first[0] + 1));
    }

    @Test
    void aFileIsReadNoFurtherWhereCountingFails() {
        assertThatThrownBy(() -> Judging.predictions(data, "said").gates(ALONE).judge((rows, total) -> {
                    throw new IllegalStateException("enough");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }

    @Test
    void anInterruptedThreadGetsItsInterruption() {
        assertInterrupted(() -> Judging.model(model, data)
                .gates(ALONE)
                .judge(once(() -> Thread.currentThread().interrupt())));
    }

    @Test
    void anInterruptedThreadGetsItsInterruptionFromAFileToo() {
        assertInterrupted(() -> Judging.predictions(data, "said")
                .gates(ALONE)
                .judge(once(() -> Thread.currentThread().interrupt())));
    }

    @Test
    void whileTwoModelsRunAnInterruptionEndsBoth() {
        assertInterrupted(() -> Judging.model(model, data)
                .against(Models.favouring(folder, 100), null)
                .gates(NOT_WORSE)
                .judge(once(() -> Thread.currentThread().interrupt())));
    }

    private static void assertInterrupted(ThrowingCallable judging) {
        assertThatThrownBy(judging).isInstanceOf(InterruptedException.class);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable judging) {
        return assertThatThrownBy(judging).isInstanceOf(EvaluationFailedException.class);
    }

    /** Does something when the first block has been judged. */
    private static EvaluationListener once(Runnable something) {
        AtomicBoolean done = new AtomicBoolean();
        return (rows, total) -> {
            if (!done.getAndSet(true)) {
                something.run();
            }
        };
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "0.1,0.2,0.3,ant,anna,ant\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
