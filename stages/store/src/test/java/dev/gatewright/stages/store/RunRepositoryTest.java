// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.oci.DockerCredentials;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.validation.testkit.CuttingProxy;
import dev.gatewright.validation.testkit.LocalRegistry;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that jobs share, in a real registry: that of the distribution project. */
class RunRepositoryTest {
    private static final int WEIGHTS = 5 << 20;

    @TempDir
    private static Path shared;

    private static LocalRegistry server;

    @TempDir
    private Path folder;

    private String name;
    private TestRun run;
    private Path there;

    @BeforeAll
    static void start() throws Exception {
        Requires.that(
                LocalRegistry.program().isPresent(),
                "needs docker-registry, a package of Debian that ./verify installs");
        server = LocalRegistry.start(shared);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeRun(TestInfo test) throws IOException {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        run = TestRun.judged(folder.resolve("here"), WEIGHTS);
        there = folder.resolve("there");
    }

    private RunRepository repository() throws IOException {
        return repository(server.port());
    }

    private RunRepository repository(int port) throws IOException {
        Reference reference =
                RunRepository.parse("oci://localhost:" + port + "/runs/" + name).orElseThrow();
        return RunRepository.at(reference, null, new DockerCredentials(variable -> Optional.empty()));
    }

    private static RunFolder open(Path specFolder) throws IOException {
        return RunFolder.open(RunFolder.runsOf(specFolder), TestRun.ID);
    }

    private static void push(RunRepository repository, Path specFolder) throws Exception {
        try (RunFolder open = open(specFolder)) {
            repository.push(open, specFolder, note -> {});
        }
    }

    private static List<String> fetch(RunRepository repository, Path specFolder) throws Exception {
        List<String> notes = new ArrayList<>();
        try (RunFolder open = open(specFolder)) {
            repository.fetch(open, specFolder, TestRun.NAMED, notes::add);
        }
        return notes;
    }

    /** The reports here, which tell of how far the run has gone. */
    private static List<String> reports(Path specFolder) throws IOException {
        return TestRun.files(specFolder).stream()
                .filter(file -> file.endsWith("report.json"))
                .map(file -> Path.of(file).getName(3).toString())
                .toList();
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(StageFailedException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains(parts));
    }

    /** The same run in another folder, on which another job goes on. */
    private TestRun fetched() throws Exception {
        Files.createDirectories(there);
        fetch(repository(), there);
        return TestRun.over(there);
    }

    @Test
    void aRunThatIsNotThereYetIsNotFetched() throws Exception {
        assertThat(fetch(repository(), there)).isEmpty();

        assertThat(TestRun.files(there)).isEmpty();
    }

    @Test
    void whatOneJobPushesAnotherGoesOnWithAndTheFirstGoesOnAfterThat() throws Exception {
        push(repository(), run.folder());

        fetched().done(StageName.EXPORT_ONNX, List.of(), List.of());
        push(repository(), there);
        fetch(repository(), run.folder());

        assertThat(reports(run.folder())).containsExactly("evaluate-metrics", "export-onnx", "train-gate");
        assertThat(there.resolve("build/weights")).hasSameBinaryContentAs(run.path("build/weights"));
        run.done(StageName.QUANTIZE, List.of(), List.of());
        push(repository(), run.folder());
    }

    @Test
    void aModelGoesOverTheLineOnceEachWay() throws Exception {
        int weights = WEIGHTS + 16; // a blob of its own: it is spoilt below
        run = TestRun.judged(folder.resolve("own"), weights);
        try (CuttingProxy line = new CuttingProxy(server.port())) {
            push(repository(line.port()), run.folder());
            assertThat(line.passed()).isGreaterThan(WEIGHTS);
            long before = line.passed();

            run.done(StageName.EXPORT_ONNX, List.of(), List.of());
            push(repository(line.port()), run.folder());

            assertThat(line.passed() - before).isLessThan(WEIGHTS / 10);
        }
        fetched();
        // The repository's own copy is spoilt: what is here is not asked for.
        try (Stream<Path> blobs = Files.walk(shared.resolve("data"))) {
            for (Path blob : blobs.filter(path -> path.endsWith("data") && size(path) == weights)
                    .toList()) {
                Files.writeString(blob, "spoilt");
            }
        }
        fetch(repository(), run.folder());
        Files.delete(there.resolve("build/metrics.json"));

        assertThat(fetch(repository(), there)).singleElement().asString().contains("fetching run r1");

        assertThat(there.resolve("build/metrics.json")).hasSameBinaryContentAs(run.path("build/metrics.json"));
    }

    private static long size(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void theSecondOfTwoThatGoOnAtOnceIsToldAndLosesNothing() throws Exception {
        push(repository(), run.folder());
        TestRun other = fetched();
        run.done(StageName.EXPORT_ONNX, List.of(), List.of());
        other.done(StageName.QUANTIZE, List.of(), List.of());
        push(repository(), run.folder());

        refuses(
                () -> push(repository(), there),
                "run r1 was not pushed: somebody else has moved ",
                ":r1: it was sha256:");
        refuses(() -> fetch(repository(), there), "run r1 has gone on here, and elsewhere too");

        assertThat(reports(there)).contains("quantize");
        Path third = Files.createDirectories(folder.resolve("third"));
        fetch(repository(), third);
        assertThat(reports(third)).contains("export-onnx").doesNotContain("quantize");
    }

    @Test
    void twoJobsThatBeginOneRunAreNotMixed() throws Exception {
        push(repository(), run.folder());
        TestRun other = TestRun.judged(folder.resolve("other"), 1 << 12);

        refuses(() -> push(repository(), other.folder()), "it was not there and is sha256:");
    }

    @Test
    void aPushThatBrokeOffIsPushedAgainAndUntilThenTheRunIsWhatItWas() throws Exception {
        Long[] cuts =
                Stream.iterate(WEIGHTS + 1_500_000L, at -> at + 1).limit(40).toArray(Long[]::new);
        CuttingProxy line = new CuttingProxy(server.port(), cuts);
        push(repository(line.port()), run.folder());
        run.write("build/more", "x".repeat(3 << 20));
        run.done(StageName.EXPORT_ONNX, List.of(), List.of(run.file("more", "build/more")));

        Thread pushing = new Thread(() -> {
            try {
                push(repository(line.port()), run.folder());
            } catch (Exception e) {
                // It is interrupted while it waits to try again.
            }
        });
        pushing.start();
        while (line.cutsLeft() > 38 && pushing.isAlive()) {
            Thread.sleep(5);
        }
        pushing.interrupt();
        pushing.join();
        assertThat(line.cutsLeft()).isLessThan(cuts.length);

        assertThat(reports(fetched().folder())).doesNotContain("export-onnx");
        line.mend();
        push(repository(line.port()), run.folder());
        line.close();
        fetch(repository(), there);
        assertThat(reports(there)).contains("export-onnx");
        assertThat(there.resolve("build/more")).hasSameBinaryContentAs(run.path("build/more"));
    }

    @Test
    void aStageThatWasRunAgainElsewhereTakesTheLaterReportsWithIt() throws Exception {
        push(repository(), run.folder());
        TestRun other = fetched();
        other.forget(StageName.EVALUATE_METRICS).write("build/metrics.json", "{\"val_accuracy\": 0.5}");
        other.done(
                StageName.TRAIN_GATE,
                List.of(),
                List.of(other.file("model", TestRun.MODEL), other.file("build/metrics.json", "build/metrics.json")));
        push(repository(), there);

        List<String> notes = fetch(repository(), run.folder());

        assertThat(reports(run.folder())).containsExactly("train-gate");
        assertThat(run.path("build/metrics.json")).hasContent("{\"val_accuracy\": 0.5}");
        assertThat(notes).anyMatch(note -> note.contains("build/metrics.json was another file"));
    }

    @Test
    void aRunThatIsGoneFromTheRepositoryIsNotBegunAnew() throws Exception {
        push(repository(), run.folder());
        try (Stream<Path> found = Files.walk(shared.resolve("data"))) {
            for (Path link : found.filter(
                            path -> path.toString().contains(name + "/_manifests/tags/") && path.endsWith("link"))
                    .toList()) {
                Files.delete(link);
            }
        }

        refuses(() -> fetch(repository(), run.folder()), "run r1 is gone from localhost:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci://",
                "oci://runs",
                "oci://registry.example.com",
                "oci://registry.example.com/runs:tag",
                "registry.example.com/runs",
                "https://registry.example.com/runs",
                "oci://registry.example.com/Runs",
                "folder"
            })
    void whatNamesNoRepositoryIsRefused(String text) {
        assertThat(RunRepository.parse(text)).isEmpty();
    }
}
