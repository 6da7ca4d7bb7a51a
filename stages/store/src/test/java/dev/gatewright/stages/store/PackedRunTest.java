// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels, and that it arrives whole or not at all. */
class PackedRunTest {
    private static final List<String> TRAVELS = List.of(
            ".gatewright/runs/r1/evaluate-metrics/report.json",
            ".gatewright/runs/r1/run.json",
            ".gatewright/runs/r1/train-gate/report.json",
            "build/metrics.json",
            "build/model.onnx",
            "build/weights");

    @TempDir
    private Path folder;

    private TestRun run;
    private Path there;

    @BeforeEach
    void makeRun() throws IOException {
        run = TestRun.judged(folder.resolve("here"), 1 << 16);
        there = folder.resolve("there");
    }

    private static void refuses(ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(StageFailedException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains(parts))
                .satisfies(thrown ->
                        assertThat(((StageFailedException) thrown).next()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.tar", "run"})
    void whatTheRunLeftArrivesByteForByteAndNothingElse(String to) throws Exception {
        PackedRun packed = run.pack(folder.resolve(to));

        PackedRun unpacked = TestRun.unpack(folder.resolve(to), there);

        assertThat(unpacked).isEqualTo(packed);
        assertThat(packed.files()).isEqualTo(TRAVELS.size());
        assertThat(TestRun.files(there)).isEqualTo(TRAVELS);
        for (String file : TRAVELS) {
            assertThat(there.resolve(file)).hasSameBinaryContentAs(run.path(file));
        }
    }

    @Test
    void dataLogsAndWhatIsBesideTheRunStay() throws Exception {
        run.write(".gatewright/runs/r1/train-gate/training.log", "password=hunter2");
        run.write(".env", "password=hunter2");

        run.pack(folder.resolve("run.tar"));

        assertThat(Files.readString(folder.resolve("run.tar"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2", "Ada");
    }

    @Test
    void dataThatTheTrainingWroteStayToo() throws Exception {
        run.write("build/rows/holdout.csv", "name,label\nGrace,1\n");
        run.write("build/copy.csv", "name,label\nGrace,1\n");
        Artifact rows = run.file("holdout", "build/rows/holdout.csv");
        run.done(
                StageName.TRAIN_GATE,
                List.of(),
                List.of(run.file("build/rows", "build/rows"), run.file("build/copy.csv", "build/copy.csv")));
        run.done(StageName.EVALUATE_METRICS, List.of(run.model(), rows), List.of());

        PackedRun packed = run.pack(folder.resolve("run.tar"));

        assertThat(packed.leftBehind()).containsOnlyKeys("build/rows", "build/copy.csv");
        assertThat(Files.readString(folder.resolve("run.tar"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("Grace");
    }

    @Test
    void whatLiesElsewhereOrIsHiddenOrGoneIsToldOf() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "1");
        run.write(".cache/state", "2").write("build/gone", "3");
        Artifact gone = run.file("gone", "build/gone");
        Files.delete(run.path("build/gone"));
        run.done(
                StageName.TRAIN_GATE,
                List.of(),
                List.of(Artifact.of("elsewhere", elsewhere, run.folder()), run.file("state", ".cache/state"), gone));

        PackedRun packed = run.pack(folder.resolve("run.tar"));

        assertThat(packed.leftBehind())
                .isEqualTo(Map.of(
                        elsewhere.toString().replace('\\', '/'),
                        "it is not below the spec's folder",
                        ".cache/state",
                        "its name is hidden",
                        "build/gone",
                        "it is not there"));
    }

    @Test
    void aFolderThatAStageLeftTravelsWhole() throws Exception {
        run.write("build/saved/a/one", "1").write("build/saved/two", "2");
        run.done(StageName.TRAIN_GATE, List.of(), List.of(run.file("saved", "build/saved")));

        run.pack(folder.resolve("run.tar"));
        TestRun.unpack(folder.resolve("run.tar"), there);

        assertThat(Artifact.of("saved", there.resolve("build/saved"), there))
                .isEqualTo(run.file("saved", "build/saved"));
    }

    @Test
    void packedTwiceIsTheSameBytesAlsoFromWhereItWasUnpacked() throws Exception {
        run.pack(folder.resolve("one.tar"));
        TestRun.unpack(folder.resolve("one.tar"), there);
        Files.createDirectories(there.resolve("data"));

        try (RunFolder copy = RunFolder.open(RunFolder.runsOf(there), TestRun.ID)) {
            PackedRun.pack(copy, there, folder.resolve("two.tar"));
        }

        assertThat(folder.resolve("two.tar")).hasSameBinaryContentAs(folder.resolve("one.tar"));
    }

    @Test
    void equalFilesArePackedOnce() throws Exception {
        Files.createDirectories(run.runFolder().resolve("export-onnx"));
        Files.copy(run.path("build/weights"), run.runFolder().resolve("export-onnx/model.onnx"));
        run.done(
                StageName.EXPORT_ONNX,
                List.of(),
                List.of(run.file("model", ".gatewright/runs/r1/export-onnx/model.onnx")));

        run.pack(folder.resolve("run.tar"));
        TestRun.unpack(folder.resolve("run.tar"), there);

        assertThat(Files.size(folder.resolve("run.tar"))).isLessThan(2L << 16);
        Path copy = there.resolve(".gatewright/runs/r1/export-onnx/model.onnx");
        assertThat(copy).hasSameBinaryContentAs(run.path("build/weights"));
        assertThat(Files.isSameFile(copy, there.resolve("build/weights"))).isFalse();
    }

    @Test
    void aModelThatIsNotTheOneThatWasJudgedDoesNotTravel() throws Exception {
        Files.writeString(run.path("build/weights"), "x".repeat(1 << 16));

        refuses(
                () -> run.pack(folder.resolve("run.tar")),
                "build/model.onnx is not the file of evaluate-metrics any more");

        assertThat(folder.resolve("run.tar")).doesNotExist();
    }

    @Test
    void aReportThatIsNotTheOneThatWasLeftDoesNotTravel() throws Exception {
        Path report = run.runFolder().resolve("train-gate").resolve(Report.FILE_NAME);
        Files.writeString(report, Files.readString(report).replace("hold", "sold"));

        refuses(
                () -> run.pack(folder.resolve("run.tar")),
                "train-gate/report.json is not the file of train-gate any more");
    }

    @Test
    void whatWasLeftOfOneThatWasKilledIsRemovedAndOneThatIsAtWorkIsNot() throws Exception {
        run.pack(folder.resolve("run.tar"));
        Path killed = Files.createDirectories(there.resolve(".gatewright/.arriving-1/files"));
        Files.writeString(killed.resolve("model.onnx"), "half");
        try (WaitingFolder atWork = WaitingFolder.in(folder.resolve("there"))) {
            Files.writeString(atWork.files().resolve("model.onnx"), "half");
            assertThat(killed).doesNotExist();

            TestRun.unpack(folder.resolve("run.tar"), there);

            assertThat(atWork.files().resolve("model.onnx")).exists();
        }
        assertThat(TestRun.files(there)).isEqualTo(TRAVELS);
    }

    @Test
    void unpackingTwiceIsNoError() throws Exception {
        run.pack(folder.resolve("run.tar"));
        PackedRun first = TestRun.unpack(folder.resolve("run.tar"), there);

        assertThat(TestRun.unpack(folder.resolve("run.tar"), there)).isEqualTo(first);

        assertThat(TestRun.files(there)).isEqualTo(TRAVELS);
    }

    @Test
    void aRunThatStandsElsewhereIsNotReplaced() throws Exception {
        run.pack(folder.resolve("run.tar"));
        TestRun.unpack(folder.resolve("run.tar"), there);
        run.done(StageName.SMOKE_TEST, List.of(), List.of());
        run.pack(folder.resolve("later.tar"));

        refuses(() -> TestRun.unpack(folder.resolve("later.tar"), there), "run r1 is there already");

        assertThat(TestRun.files(there)).isEqualTo(TRAVELS);
    }

    @Test
    void aFileThatIsInTheWayIsMovedAsideAndToldOf() throws Exception {
        run.pack(folder.resolve("run.tar"));
        Files.createDirectories(there.resolve("build"));
        Files.writeString(there.resolve("build/metrics.json"), "mine");
        List<String> notes = new ArrayList<>();

        PackedRun.unpack(folder.resolve("run.tar"), there, TestRun.NAMED, notes::add);

        assertThat(there.resolve("build/metrics.json")).hasSameBinaryContentAs(run.path("build/metrics.json"));
        assertThat(there.resolve(".gatewright/runs/r1/previous/1/build/metrics.json"))
                .hasContent("mine");
        assertThat(notes).singleElement().asString().contains("build/metrics.json was another file, and lies in ");
    }

    @Test
    void whatTheSpecDoesNotNameDoesNotCome() throws Exception {
        run.pack(folder.resolve("run.tar"));

        PackedRun none = PackedRun.unpack(folder.resolve("run.tar"), there, SpecPaths.none(), note -> {});
        PackedRun model = PackedRun.unpack(
                folder.resolve("run.tar"), there, new SpecPaths(List.of("build/model.onnx")), note -> {});

        assertThat(none.leftBehind())
                .isEqualTo(Map.of(
                        "build/metrics.json", "the spec does not name it",
                        "build/model.onnx", "the spec does not name it"));
        assertThat(model.leftBehind()).containsOnlyKeys("build/metrics.json");
        assertThat(TestRun.files(there))
                .isEqualTo(TRAVELS.stream()
                        .filter(path -> !path.equals("build/metrics.json"))
                        .toList());
    }

    @Test
    void whatOnlyTheModelNamesReplacesNothing() throws Exception {
        run.pack(folder.resolve("run.tar"));
        Files.createDirectories(there.resolve("build"));
        Files.writeString(there.resolve("build/weights"), "mine");
        SpecPaths model = new SpecPaths(List.of("build/model.onnx"));

        refuses(
                () -> PackedRun.unpack(folder.resolve("run.tar"), there, model, note -> {}),
                "build/weights is another file than that of the model in the run, and the spec does not name it");

        assertThat(there.resolve("build/weights")).hasContent("mine");
        assertThat(there.resolve(".gatewright/runs/r1/run.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "weights, true",
        "model.onnx.data, true",
        "a/layer.0.weight, true",
        "model.onnx_data, true",
        "conftest.py, false",
        "gatewright.yaml, false",
        "run.sh, false",
    })
    void weightsAreCalledAsWeightsAre(String name, boolean comes) throws Exception {
        run = TestRun.judged(folder.resolve("other"), 1 << 12, name);
        run.pack(folder.resolve("run.tar"));

        PackedRun unpacked = PackedRun.unpack(
                folder.resolve("run.tar"), there, new SpecPaths(List.of("build/model.onnx")), note -> {});

        assertThat(Files.exists(there.resolve("build").resolve(name))).isEqualTo(comes);
        assertThat(Files.exists(there.resolve(TestRun.MODEL))).isEqualTo(comes);
        assertThat(unpacked.leftBehind().containsKey(TestRun.MODEL)).isNotEqualTo(comes);
    }

    @Test
    void aLinkLeadsNoFileElsewhere() throws Exception {
        run.pack(folder.resolve("run.tar"));
        Files.createDirectories(there);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(there.resolve("build"), elsewhere);

        refuses(() -> TestRun.unpack(folder.resolve("run.tar"), there), "build is a link");

        assertThat(elsewhere).isEmptyDirectory();
        assertThat(TestRun.files(there)).isEmpty();
    }

    @Test
    void aFolderWithSomethingElseIsNotReplaced() throws Exception {
        Files.createDirectories(folder.resolve("run"));

        refuses(() -> run.pack(folder.resolve("run")), "is there already, and is not this run");
    }

    @Test
    void aRunThatIsBeingWorkedOnIsNotPacked() throws Exception {
        RunFolder busy = RunFolder.open(RunFolder.runsOf(run.folder()), TestRun.ID);
        assertThatThrownBy(() -> run.pack(folder.resolve("run.tar"))).isInstanceOf(RunFolder.BusyException.class);
        busy.close();
    }
}
