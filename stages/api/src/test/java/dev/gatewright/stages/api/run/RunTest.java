// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import static dev.gatewright.stages.api.StageName.EVALUATE_METRICS;
import static dev.gatewright.stages.api.StageName.SMOKE_TEST;
import static dev.gatewright.stages.api.StageName.TRAIN_GATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.FakeStage;
import dev.gatewright.stages.api.Outcomes;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunTest {
    @TempDir
    private Path folder;

    /** What the stages did, in order. */
    private final List<String> work = new ArrayList<>();

    /** What each stage does next. */
    private Supplier<StageOutcome> train = () -> Outcomes.of(Verdict.PASSED);

    private Supplier<StageOutcome> evaluate = () -> Outcomes.of(Verdict.PASSED);
    private Supplier<StageOutcome> smoke = () -> Outcomes.of(Verdict.PASSED);

    private final List<StageRequest> requests = new ArrayList<>();

    private Spec spec() throws IOException {
        return Runs.spec(
                folder,
                List.of(
                        stage(SMOKE_TEST, () -> smoke.get()),
                        stage(TRAIN_GATE, () -> train.get()),
                        stage(EVALUATE_METRICS, () -> evaluate.get())));
    }

    private FakeStage stage(StageName name, Supplier<StageOutcome> outcome) {
        return Runs.stage(name, request -> {
            work.add(name.spelling());
            requests.add(request);
            return outcome.get();
        });
    }

    private static List<String> states(RunDocument run) {
        return run.stages().stream()
                .map(entry -> entry.stage().spelling() + " "
                        + (entry.verdict() == null ? entry.status() : entry.verdict())
                        + (entry.stoppedBy() == null
                                ? ""
                                : " by " + entry.stoppedBy().spelling()))
                .toList();
    }

    @Nested
    class WhenStagesPass {
        @Test
        void runsThemInTheirFixedOrder() throws Exception {
            RunDocument run = Runs.runAll(spec());

            assertThat(work).containsExactly("train-gate", "evaluate-metrics", "smoke-test");
            assertThat(run.verdict()).contains(Verdict.PASSED);
            assertThat(run.status()).isEqualTo(Status.DONE);
            assertThat(RunDocument.read(Runs.document(spec()))).isEqualTo(run);
        }

        @Test
        void leavesAReportOfEach() throws Exception {
            RunDocument run = Runs.runAll(spec());

            for (StageName stage : List.of(TRAIN_GATE, EVALUATE_METRICS, SMOKE_TEST)) {
                Report report = Runs.report(spec(), stage);
                assertThat(report.verdict()).contains(Verdict.PASSED);
                assertThat(report.runId()).isEqualTo(Runs.ID);
                assertThat(report.isIntact()).isTrue();
                assertThat(run.entry(stage)).contains(RunDocument.Entry.of(report));
            }
        }

        @Test
        void handsEachTheReportsBeforeItAndAFolderOfItsOwn() throws Exception {
            Runs.runAll(spec());

            assertThat(requests)
                    .extracting(request -> request.earlier().stream()
                            .map(report -> report.stage().spelling())
                            .toList())
                    .containsExactly(List.of(), List.of("train-gate"), List.of("train-gate", "evaluate-metrics"));
            assertThat(requests).allSatisfy(request -> {
                assertThat(request.folder()).isDirectory();
                assertThat(request.runId()).isEqualTo(Runs.ID);
                assertThat(request.threads()).isEqualTo(2);
            });
            assertThat(requests.get(0).folder()).isEqualTo(folder.resolve(".gatewright/runs/run-1/train-gate"));
        }

        @Test
        void goesOnWhereAnotherProcessStopped() throws Exception {
            Runs.run(spec(), TRAIN_GATE);
            Runs.run(spec(), EVALUATE_METRICS);
            Report last = Runs.run(spec(), SMOKE_TEST);

            assertThat(last.verdict()).contains(Verdict.PASSED);
            assertThat(RunDocument.read(Runs.document(spec())).verdict()).contains(Verdict.PASSED);
        }

        @Test
        void takesWarningsForPassed() throws Exception {
            train = () -> Outcomes.of(List.of(Outcomes.gate(Verdict.FAILED, OnFailure.WARN)));

            assertThat(Runs.runAll(spec()).verdict()).contains(Verdict.PASSED);
        }
    }

    @Nested
    class WhenAStageDoesNotPass {
        @ParameterizedTest
        @EnumSource(value = Verdict.class, names = "PASSED", mode = EnumSource.Mode.EXCLUDE)
        void startsNoneAfterIt(Verdict verdict) throws Exception {
            evaluate = () -> Outcomes.of(verdict);

            RunDocument run = Runs.runAll(spec());

            assertThat(work).containsExactly("train-gate", "evaluate-metrics");
            assertThat(run.verdict()).contains(verdict);
            assertThat(states(run))
                    .containsExactly(
                            "train-gate PASSED",
                            "evaluate-metrics " + verdict,
                            "smoke-test NOT_STARTED by evaluate-metrics");
        }

        @Test
        void namesTheFirstThatStoppedTheOthers() throws Exception {
            train = () -> Outcomes.of(Verdict.FAILED);

            RunDocument run = Runs.runAll(spec());

            assertThat(states(run))
                    .containsExactly(
                            "train-gate FAILED",
                            "evaluate-metrics NOT_STARTED by train-gate",
                            "smoke-test NOT_STARTED by train-gate");
            Report report = Runs.report(spec(), SMOKE_TEST);
            assertThat(report.status()).isEqualTo(Status.NOT_STARTED);
            assertThat(report.verdict()).isEmpty();
            assertThat(report.document().text("headline")).contains("NOT_STARTED: stopped by train-gate");
            assertThat(report.document().object("cause").text("sentence"))
                    .contains("train-gate is FAILED in run run-1");
        }

        /** Nobody has built the road to approvals yet: what waits for one is not passed. */
        @Test
        void acceptsNothingInItsStead() throws Exception {
            train = () -> Outcomes.of(List.of(Outcomes.gate(Verdict.FAILED, OnFailure.APPROVE)));

            assertThat(states(Runs.runAll(spec()))).contains("evaluate-metrics NOT_STARTED by train-gate");
        }

        @Test
        void startsNoStageOutOfTurn() throws Exception {
            Report report = Runs.run(spec(), SMOKE_TEST);

            assertThat(work).isEmpty();
            assertThat(report.status()).isEqualTo(Status.NOT_STARTED);
            assertThat(report.document().object("cause").text("sentence"))
                    .contains("train-gate has not run in run run-1");
        }

        @Test
        void startsAStageOnceTheOneBeforeItPasses() throws Exception {
            evaluate = () -> Outcomes.of(Verdict.FAILED);
            Runs.runAll(spec());
            evaluate = () -> Outcomes.of(Verdict.PASSED);

            RunDocument run = Runs.runAll(spec());

            assertThat(run.verdict()).contains(Verdict.PASSED);
        }
    }

    @Nested
    class WhenAStageCannotJudge {
        static Stream<Throwable> failures() {
            return Stream.of(
                    new IllegalStateException("broken"),
                    new NullPointerException(),
                    new OutOfMemoryError("Java heap space"),
                    new StackOverflowError(),
                    new LinkageError("no such method"),
                    new AssertionError("impossible"),
                    new IllegalStateException("half a pair \uD800"),
                    new IllegalStateException("first", new IllegalStateException("second")));
        }

        @ParameterizedTest
        @MethodSource("failures")
        void leavesAReportThatSaysWhy(Throwable failure) throws Exception {
            train = () -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            };

            RunDocument run = Runs.runAll(spec());

            Report report = Runs.report(spec(), TRAIN_GATE);
            assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
            assertThat(report.status()).isEqualTo(Status.DONE);
            assertThat(report.isIntact()).isTrue();
            assertThat(report.document().object("cause").text("sentence").orElseThrow())
                    .isEqualTo("an unexpected error ended it: "
                            + failure.toString().replace('\uD800', '?'));
            assertThat(report.document().object("cause").text("next"))
                    .contains("report this with the stack trace in report.json");
            assertThat(report.document()
                            .object("environment")
                            .text("stackTrace")
                            .orElseThrow())
                    .contains(RunTest.class.getName());
            assertThat(run.verdict()).contains(Verdict.NOT_EVALUATED);
        }

        @Test
        void tellsWhatItSaysItself() throws Exception {
            train = () -> {
                throw new StageFailedException("there is no model at build/model.onnx", "train one", null);
            };

            Runs.runAll(spec());

            Json.Obj report = Runs.report(spec(), TRAIN_GATE).document();
            assertThat(report.text("headline")).contains("NOT_EVALUATED: there is no model at build/model.onnx");
            assertThat(report.object("cause").text("next")).contains("train one");
        }

        @Test
        void takesNothingForNotEvaluated() throws Exception {
            train = Outcomes::of;
            assertThat(Runs.runAll(spec()).verdict()).contains(Verdict.NOT_EVALUATED);

            train = () -> null;
            assertThat(Runs.runAll(spec()).verdict()).contains(Verdict.NOT_EVALUATED);
        }

        /** What cannot be written as JSON cannot be judged by anybody else. */
        @Test
        void takesWhatCannotBeWrittenForNotEvaluated() throws Exception {
            for (Json hostile : List.of(new Json.Num(Double.NaN), new Json.Text("\uD800"))) {
                StageOutcome passed = Outcomes.of(Verdict.PASSED);
                train = () -> new StageOutcome(
                        passed.gates(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Json.object().put("fact", hostile).build(),
                        passed.environment());

                assertThat(Runs.runAll(spec()).verdict()).contains(Verdict.NOT_EVALUATED);
                assertThat(Runs.report(spec(), TRAIN_GATE).isIntact()).isTrue();
            }
        }
    }

    @Nested
    class WhenAStageIsInterrupted {
        @Test
        void leavesAReportAndHandsTheInterruptOn() throws Exception {
            Spec spec = Runs.spec(folder, List.of(Runs.stage(TRAIN_GATE, request -> {
                throw new InterruptedException();
            })));

            assertThatThrownBy(() -> Runs.runAll(spec)).isInstanceOf(InterruptedException.class);

            Report report = Runs.report(spec, TRAIN_GATE);
            assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
            assertThat(report.status()).isEqualTo(Status.DONE);
            assertThat(report.document().text("headline")).contains("NOT_EVALUATED: it was interrupted");
            assertThat(RunDocument.read(Runs.document(spec)).verdict()).contains(Verdict.NOT_EVALUATED);
        }

        /** The mark of the thread tells; a channel would close at the report's first byte. */
        @Test
        void doesNotBelieveWhatAnInterruptedStageFailedOf() throws Exception {
            List<Supplier<StageOutcome>> failing = List.of(
                    () -> {
                        throw new StageFailedException("the rows cannot be written", "make room", null);
                    },
                    () -> {
                        throw new IllegalStateException("a closed file was read");
                    },
                    () -> Outcomes.of(Verdict.NOT_EVALUATED));
            for (Supplier<StageOutcome> how : failing) {
                train = () -> {
                    Thread.currentThread().interrupt();
                    return how.get();
                };

                assertThatThrownBy(() -> Runs.runAll(spec())).isInstanceOf(InterruptedException.class);

                assertThat(Thread.interrupted()).isFalse();
                assertThat(Runs.report(spec(), TRAIN_GATE).document().text("headline"))
                        .contains("NOT_EVALUATED: it was interrupted");
            }
        }

        @Test
        void keepsWhatWasJudgedBeforeTheInterrupt() throws Exception {
            train = () -> {
                Thread.currentThread().interrupt();
                return Outcomes.of(Verdict.PASSED);
            };

            RunDocument run = Runs.runAll(spec());

            assertThat(Thread.interrupted()).isTrue();
            assertThat(run.entry(TRAIN_GATE).orElseThrow().verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Nested
    class WhenEvidenceIsOld {
        @Test
        void replacesTheReportBeforeTheStageDoesAnything() throws Exception {
            Runs.runAll(spec());
            List<String> seen = new ArrayList<>();
            evaluate = () -> {
                try {
                    Report report = Runs.report(spec(), EVALUATE_METRICS);
                    seen.add(report.document().text("headline").orElseThrow());
                    seen.add(RunDocument.read(Runs.document(spec()))
                            .entry(EVALUATE_METRICS)
                            .orElseThrow()
                            .verdict()
                            .name());
                    assertThat(Runs.path(spec(), SMOKE_TEST)).doesNotExist();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return Outcomes.of(Verdict.PASSED);
            };

            Runs.run(spec(), EVALUATE_METRICS);

            assertThat(seen).containsExactly("NOT_EVALUATED: started, not finished", "NOT_EVALUATED");
        }

        @Test
        void forgetsWhatWasJudgedOnAnOlderResult() throws Exception {
            Runs.runAll(spec());

            Runs.run(spec(), TRAIN_GATE);

            assertThat(states(RunDocument.read(Runs.document(spec()))))
                    .containsExactly("train-gate PASSED", "evaluate-metrics NOT_STARTED", "smoke-test NOT_STARTED");
            assertThat(Runs.path(spec(), EVALUATE_METRICS)).doesNotExist();
            assertThat(Runs.path(spec(), SMOKE_TEST)).doesNotExist();
            assertThat(Runs.run(spec(), SMOKE_TEST).status()).isEqualTo(Status.NOT_STARTED);
        }

        @Test
        void forgetsWhoStoppedAStageOnceThatOneRunsAgain() throws Exception {
            train = () -> Outcomes.of(Verdict.FAILED);
            Runs.runAll(spec());
            train = () -> Outcomes.of(Verdict.PASSED);

            Runs.run(spec(), TRAIN_GATE);

            assertThat(states(RunDocument.read(Runs.document(spec()))))
                    .containsExactly("train-gate PASSED", "evaluate-metrics NOT_STARTED", "smoke-test NOT_STARTED");
            assertThat(Runs.path(spec(), SMOKE_TEST)).doesNotExist();
        }

        @Test
        void buildsOnNoReportThatIsGone() throws Exception {
            Runs.run(spec(), TRAIN_GATE);
            Files.delete(Runs.path(spec(), TRAIN_GATE));

            assertNotStarted("the report of train-gate is gone");
        }

        @Test
        void buildsOnNoReportOfAnotherRun() throws Exception {
            Runs.run(spec(), TRAIN_GATE);
            Path other = folder.resolve("other");
            Runs.run(Runs.spec(other, List.of(stage(TRAIN_GATE, () -> Outcomes.of(Verdict.PASSED)))), TRAIN_GATE);
            Files.copy(
                    other.resolve(".gatewright/runs/run-1/train-gate/report.json"),
                    Runs.path(spec(), TRAIN_GATE),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertNotStarted("the report of train-gate is not the one that it left in run run-1");
        }

        @Test
        void buildsOnNoReportThatCannotBeRead() throws Exception {
            Runs.run(spec(), TRAIN_GATE);
            String report = Files.readString(Runs.path(spec(), TRAIN_GATE));
            for (String broken : List.of("", "{", report.replace("/v1", "/v2"), report.replace("DONE", "ALL"))) {
                Files.writeString(Runs.path(spec(), TRAIN_GATE), broken);

                Report next = Runs.run(spec(), EVALUATE_METRICS);

                assertThat(next.status()).isEqualTo(Status.NOT_STARTED);
                assertThat(next.document().object("cause").text("sentence").orElseThrow())
                        .startsWith("the report of train-gate cannot be read: ");
            }
        }

        /** Any character of the report becomes another: the next stage is not started, or nothing was changed. */
        @Seeded(cases = 60)
        void buildsOnNoReportThatWasChanged(Gen gen) throws Exception {
            Runs.run(spec(), TRAIN_GATE);
            Path file = Runs.path(spec(), TRAIN_GATE);
            String written = Files.readString(file);
            int at = gen.integer(0, written.length() - 1);
            String changed = written.substring(0, at) + gen.oneOf('x', '9', ' ', '"', 'D') + written.substring(at + 1);
            Files.writeString(file, changed);

            Report next = Runs.run(spec(), EVALUATE_METRICS);

            boolean same = parsed(changed).equals(parsed(written));
            assertThat(next.status()).isEqualTo(same ? Status.DONE : Status.NOT_STARTED);
        }

        /** The digest of the judgement is recomputed to fit: the one in run.json still tells. */
        @Test
        void buildsOnNoReportThatWasForged() throws Exception {
            train = () -> Outcomes.of(Verdict.FAILED);
            Runs.run(spec(), TRAIN_GATE);
            Path file = Runs.path(spec(), TRAIN_GATE);
            train = () -> Outcomes.of(Verdict.PASSED);
            Path elsewhere = folder.resolve("elsewhere");
            Spec forger = Runs.spec(elsewhere, List.of(stage(TRAIN_GATE, train)));
            Runs.run(forger, TRAIN_GATE);
            Files.copy(Runs.path(forger, TRAIN_GATE), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertNotStarted("train-gate is FAILED in run run-1");
        }

        private Optional<Json> parsed(String text) {
            try {
                return Optional.of(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private void assertNotStarted(String cause) throws Exception {
            work.clear();
            Report report = Runs.run(spec(), EVALUATE_METRICS);

            assertThat(work).isEmpty();
            assertThat(report.status()).isEqualTo(Status.NOT_STARTED);
            assertThat(report.document().object("cause").text("sentence")).contains(cause);
        }
    }

    @Nested
    class WhenItIsContinued {
        @Test
        void refusesAnotherSpec() throws Exception {
            Spec spec = spec();
            Runs.runAll(spec);
            Spec other = Runs.spec(folder, List.of(stage(TRAIN_GATE, train)));

            assertThatThrownBy(() -> Runs.runAll(other))
                    .isInstanceOf(Run.ChangedException.class)
                    .hasMessage("run run-1 was begun with another spec (" + spec.digest() + ", now " + other.digest()
                            + "): start a new run");
        }

        @Test
        void refusesAnotherCommit() throws Exception {
            Runs.runAll(spec());
            for (Source other : List.of(
                    Runs.commit("f".repeat(40)), new Source(Json.object().build()))) {
                try (RunFolder run = Runs.open(spec(), Runs.ID)) {
                    assertThatThrownBy(() -> Runs.run(spec(), run, other))
                            .isInstanceOf(Run.ChangedException.class)
                            .hasMessageContaining("was begun with another commit");
                }
            }
            assertThat(RunDocument.read(Runs.document(spec())).verdict()).contains(Verdict.PASSED);
        }

        @Test
        void refusesTheFolderOfAnotherRun() throws Exception {
            Runs.runAll(spec());
            Path copy = RunFolder.runsOf(folder).resolve("run-2");
            Files.createDirectories(copy);
            Files.copy(Runs.document(spec()), copy.resolve(RunDocument.FILE_NAME));

            try (RunFolder run = Runs.open(spec(), "run-2")) {
                assertThatThrownBy(() -> Runs.run(spec(), run, Runs.SOURCE))
                        .isInstanceOf(Run.ChangedException.class)
                        .hasMessage("run run-2 was begun with another run id (run-1, now run-2): start a new run");
            }
        }

        @Test
        void refusesADocumentThatWasChanged() throws Exception {
            train = () -> Outcomes.of(Verdict.FAILED);
            Runs.runAll(spec());
            Path file = Runs.document(spec());
            Files.writeString(file, Files.readString(file).replace("FAILED", "PASSED"));

            assertThatThrownBy(() -> Runs.runAll(spec()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(file + " was changed: its runDigest, status or verdict is not that of its content");
        }

        @Test
        void keepsRunsApart() throws Exception {
            Runs.runAll(spec());
            try (RunFolder run = Runs.open(spec(), "run-2")) {
                assertThat(Runs.run(spec(), run, Runs.SOURCE).document().verdict())
                        .isEmpty();
            }
        }

        @Test
        void tellsTwoRunsOfTheSameJudgementApart() throws Exception {
            RunDocument one = Runs.runAll(spec());
            RunDocument other;
            try (RunFolder run = Runs.open(spec(), "run-2")) {
                other = Runs.run(spec(), run, Runs.SOURCE).runAll();
            }

            assertThat(other.stages())
                    .extracting(RunDocument.Entry::judgementDigest)
                    .isEqualTo(one.stages().stream()
                            .map(RunDocument.Entry::judgementDigest)
                            .toList());
            assertThat(JsonWriter.compact(other.toJson().get("runDigest").orElseThrow()))
                    .isNotEqualTo(
                            JsonWriter.compact(one.toJson().get("runDigest").orElseThrow()));
        }
    }
}
