// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every stage is held to, whatever it does. The test of a stage extends this and says three things:
 *
 * <pre>
 * class EvaluateMetricsContractTest extends StageContract {
 *     protected Stage&lt;?&gt; stage() { return new EvaluateMetricsStage(); }
 *     protected void prepare(Path folder) { // gatewright.yaml, model.onnx, holdout.csv }
 *     protected List&lt;String&gt; inputs() { return List.of("model.onnx", "holdout.csv"); }
 * }
 * </pre>
 */
@Timeout(300)
public abstract class StageContract {
    private static final Set<StageName> GATES_REQUIRED =
            EnumSet.of(StageName.TRAIN_GATE, StageName.EVALUATE_METRICS, StageName.CANARY_DEPLOY, StageName.SMOKE_TEST);
    private static final Duration LONGEST_ENDING = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** The stage; a new one at each call. */
    protected abstract Stage<?> stage();

    /** The stage in a prepared folder; one that builds on others says which ones run before it, and with which parts of the program. */
    protected StageRun in(Path prepared) {
        return new StageRun(stage(), prepared);
    }

    /** Writes into an empty folder a {@code gatewright.yaml} whose last stage is this one, with all that it reads, so that it passes. */
    protected abstract void prepare(Path folder) throws IOException;

    /** The files of {@link #prepare} without any one of which the stage cannot judge, by their paths in the folder. */
    protected abstract List<String> inputs();

    @Test
    void findsNothingWrongWithARightSpec() throws IOException {
        StageRun run = prepared("a");

        assertThat(problems(run)).isEmpty();
    }

    @Test
    void leavesAReportOfTheFormat() throws Exception {
        StageRun run = prepared("a");

        Report report = run.run("1");

        assertThat(ReportFormat.violations(report.document())).isEmpty();
        assertThat(report.verdict())
                .as(report.document().text("headline").orElse(""))
                .contains(Verdict.PASSED);
        assertThat(run.report("1")).isEqualTo(report);
        assertThat(run.document("1").entry(stage().name())).contains(RunDocument.Entry.of(report));
    }

    /** The same inputs in another folder, in another run, on another day, with another number of threads. */
    @Test
    void judgesTheSameAlikeEverywhere() throws Exception {
        Report one = prepared("a").withThreads(1).run("1");
        Report other = prepared("b").withThreads(2).later(Duration.ofDays(400)).run("2");

        assertThat(one.verdict()).contains(Verdict.PASSED);
        assertThat(other.judgementDigest()).isEqualTo(one.judgementDigest());
    }

    @Test
    void runsAgainInTheSameRun() throws Exception {
        StageRun run = prepared("a");
        Report one = run.run("1");

        Report again = run.later(Duration.ofHours(1)).run("1");

        assertThat(again.verdict()).contains(Verdict.PASSED);
        assertThat(again.judgementDigest()).isEqualTo(one.judgementDigest());
        assertThat(run.report("1").document().text("started"))
                .isEqualTo(again.document().text("started"))
                .isNotEqualTo(one.document().text("started"));
    }

    @Test
    void isNotEvaluatedWithoutAnyOneOfItsInputs() throws Exception {
        for (String input : inputs()) {
            StageRun run = prepared("without-" + input.replace('/', '-'));
            Files.delete(run.folder().resolve(input));

            assertThat(problems(run))
                    .as("a file that is not there yet is no problem")
                    .isEmpty();
            assertNotEvaluated(run, "without " + input);
        }
    }

    @Test
    void isNotEvaluatedWhereAnInputIsEmpty() throws Exception {
        for (String input : inputs()) {
            StageRun run = prepared("empty-" + input.replace('/', '-'));
            Files.write(run.folder().resolve(input), new byte[0]);

            assertNotEvaluated(run, "with an empty " + input);
        }
    }

    @Test
    void isNotEvaluatedWhereAnInputIsAFolder() throws Exception {
        for (String input : inputs()) {
            StageRun run = prepared("folder-" + input.replace('/', '-'));
            Files.delete(run.folder().resolve(input));
            Files.createDirectory(run.folder().resolve(input));

            assertNotEvaluated(run, "with a folder for " + input);
        }
    }

    /** What passed before does not count: neither an old report nor what an old run wrote. */
    @Test
    void isNotEvaluatedOnOldEvidence() throws Exception {
        for (String input : inputs()) {
            StageRun run = prepared("old-" + input.replace('/', '-'));
            assertThat(run.run("1").verdict()).contains(Verdict.PASSED);
            Files.delete(run.folder().resolve(input));

            assertNotEvaluated(run, "after a pass, without " + input);
        }
    }

    @Test
    void refusesKeysThatItDoesNotKnow() throws IOException {
        StageRun run = prepared("a");

        assertThatThrownBy(() -> run.spec("stages." + stage().name().spelling() + ".surprise=1"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("surprise");
    }

    /** The stages that may do without have checks of their own that are always on. */
    @Test
    void refusesToPassWithoutGates() throws IOException {
        StageRun run = prepared("a");
        for (String none : List.of("[]", "~")) {
            String setting = "stages." + stage().name().spelling() + ".gates=" + none;
            if (GATES_REQUIRED.contains(stage().name())) {
                assertThatThrownBy(() -> run.spec(setting)).isInstanceOf(InvalidRequestException.class);
            } else {
                assertThatCode(() -> run.spec(setting)).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void leavesItsInputsAsTheyWere() throws Exception {
        StageRun run = prepared("a");
        Map<String, String> before = contents(run.folder());

        run.run("1");

        assertThat(contents(run.folder())).isEqualTo(before);
    }

    @Test
    void printsNothing() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        StageRun run = prepared("a");
        try (PrintStream recorder = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(recorder);
            System.setErr(recorder);
            run.run("1");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void leavesNothingRunning() throws Exception {
        StageRun run = prepared("a");
        Leftovers leftovers = new Leftovers(run.folder());

        run.run("1");

        assertThat(leftovers.find()).isEmpty();
    }

    /** At the start, at each of its first events, and at some moments in between. */
    @Test
    void endsWhenItIsInterrupted() throws Exception {
        for (int event = 0; event <= 4; event++) {
            StageRun run = prepared("at-event-" + event);
            int moment = event;
            interrupt(run.interruptedAtEvent(moment), moment == 0 ? 0 : -1, "at event " + moment);
        }
        for (long milliseconds : new long[] {3, 30, 300}) {
            interrupt(prepared("after-" + milliseconds), milliseconds, "after " + milliseconds + " ms");
        }
    }

    /** Runs on a thread of its own, which is interrupted after that time; negative: by the run itself. */
    private void interrupt(StageRun run, long milliseconds, String when) throws Exception {
        Leftovers leftovers = new Leftovers(run.folder());
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        run.run("1");
                    } catch (Throwable e) {
                        thrown.add(e);
                    }
                },
                "stage");
        thread.start();
        if (milliseconds >= 0) {
            Thread.sleep(milliseconds);
            thread.interrupt();
        }
        thread.join(LONGEST_ENDING.toMillis());
        assertThat(thread.isAlive()).as("still runs, interrupted " + when).isFalse();

        Report report = run.report("1");
        assertThat(ReportFormat.violations(report.document())).isEmpty();
        assertThat(report.status()).as("interrupted " + when).isEqualTo(Status.DONE);
        if (thrown.isEmpty()) {
            assertThat(report.verdict())
                    .as("it had ended before it was interrupted " + when)
                    .contains(Verdict.PASSED);
        } else {
            assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
            assertThat(report.document().text("headline")).contains("NOT_EVALUATED: it was interrupted");
        }
        assertThat(leftovers.find()).as("left over, interrupted " + when).isEmpty();
    }

    private static void assertNotEvaluated(StageRun run, String how) throws Exception {
        Report report = run.run("1");

        assertThat(report.verdict()).as(how).contains(Verdict.NOT_EVALUATED);
        assertThat(ReportFormat.violations(report.document())).as(how).isEmpty();
        assertThat(run.document("1").verdict()).as(how).contains(Verdict.NOT_EVALUATED);
    }

    private static List<String> problems(StageRun run) {
        return run.check().errors().stream().map(Object::toString).toList();
    }

    private Map<String, String> contents(Path prepared) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String input : inputs()) {
            contents.put(input, Files.readString(prepared.resolve(input), StandardCharsets.ISO_8859_1));
        }
        contents.put("gatewright.yaml", Files.readString(prepared.resolve("gatewright.yaml")));
        return contents;
    }

    private StageRun prepared(String name) throws IOException {
        Path prepared = Files.createDirectory(folder.resolve(name));
        prepare(prepared);
        return in(prepared);
    }
}
