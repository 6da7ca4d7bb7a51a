// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.gatewright.validation.testkit.Requires;
import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final SafetyLimits STRICT = SafetyLimits.strict();

    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path weights = Path.of("");

    @BeforeEach
    void writeModel() throws IOException {
        weights = Files.write(folder.resolve("weights"), new byte[16]);
        model = Models.withInitializer(RangeHazards.external("w", "4", "weights", "0", "16"))
                .writeTo(folder.resolve("model.onnx"));
    }

    @Test
    void followsALinkToTheModelAndLooksForExternalDataBesideTheModelItself() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("linked.onnx"), model);

        ModelFile opened = ModelFile.open(link, STRICT);

        assertThat(opened.path()).isEqualTo(model.toRealPath());
        assertThat(opened.files()).extracting(FileState::path).containsExactly("model.onnx", "weights");
    }

    @Test
    void takesAMainFileWithSeveralNames() throws IOException {
        Files.createLink(folder.resolve("again.onnx"), model);

        assertThat(ModelFile.open(model, STRICT).path()).isEqualTo(model.toRealPath());
    }

    @Test
    void listsTheMainFileFirstAndExternalFilesByPath() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.write(folder.resolve("a/b/z"), new byte[16]);
        Files.write(folder.resolve("z"), new byte[16]);
        Path several = Models.relu()
                .initializer(RangeHazards.external("u", "4", "z", "0", "16"))
                .initializer(RangeHazards.external("v", "4", "./a/./b/z", "0", "16"))
                .initializer(RangeHazards.external("w", "4", "a/b/z", "0", "16"))
                .writeTo(folder.resolve("several.onnx"));

        assertThat(ModelFile.open(several, STRICT).files())
                .extracting(FileState::path)
                .containsExactly("several.onnx", "a/b/z", "z");
    }

    @Test
    void takesPercentEncodingsAsTheyStand() throws IOException {
        Files.write(folder.resolve("%2e%2e%2fweights"), new byte[16]);
        Path literal = Models.withInitializer(RangeHazards.external("w", "4", "%2e%2e%2fweights", "0", "16"))
                .writeTo(folder.resolve("literal.onnx"));

        assertThat(ModelFile.open(literal, STRICT).files())
                .extracting(FileState::path)
                .containsExactly("literal.onnx", "%2e%2e%2fweights");
    }

    @Test
    void allowsADomainThatTheLimitsName() {
        Path custom = Onnx.model()
                .input("x", FLOAT, "N,2")
                .node("allowed", "Run", "x", "y")
                .output("y", FLOAT, "N,2")
                .writeTo(folder.resolve("custom.onnx"));

        assertThatExceptionOfType(RefusedModelException.class)
                .isThrownBy(() -> ModelFile.open(custom, STRICT))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Refusal.UNKNOWN_DOMAIN));
        assertThatExceptionOfType(RefusedModelException.class)
                .isThrownBy(() -> ModelFile.open(custom, STRICT.withDomains(Set.of("allowed"))))
                .satisfies(e -> assertThat(e.found()).contains("of which the model imports no version"));
    }

    @Test
    void saysWhatWhereFoundAllowedAndNext() {
        Path twice = Models.relu().node("Relu", "nothing", "z").writeTo(folder.resolve("twice.onnx"));

        assertThatExceptionOfType(RefusedModelException.class)
                .isThrownBy(() -> ModelFile.open(twice, STRICT))
                .withMessage("Model '" + twice + "' is refused: Relu node that makes 'z' reads 'nothing', which nothing"
                        + " makes. Allowed: what is read is an input, an initializer or the output of a node."
                        + " Next: check the export with onnx.checker.check_model.")
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Refusal.UNKNOWN_VALUE);
                    assertThat(e.file()).isEqualTo(twice.toString());
                    assertThat(e.where()).isEqualTo("Relu node that makes 'z'");
                    assertThat(e.found()).isEqualTo("reads 'nothing', which nothing makes");
                    assertThat(e.nextStep()).isEqualTo("check the export with onnx.checker.check_model");
                });
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STRICT.withMemoryBytes(0))
                .withMessage("every limit is at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STRICT.withMemoryBytes(Long.MAX_VALUE))
                .withMessageContaining("it is at most 1152921504606846976");
    }

    @Test
    void stepsOverWeightsWithoutReadingThem() throws IOException {
        long bytes = 1L << 30;
        Path large = withHole(bytes);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        ModelDescription description = ModelFile.open(large, STRICT).description();

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        assertThat(description.initializerBytes()).isEqualTo(bytes);
        assertThat(description.initializers().get(0).data())
                .isInstanceOfSatisfying(
                        TensorData.InFile.class,
                        data -> assertThat(data.bytes()).isEqualTo(bytes));
    }

    /** A model whose one initializer is raw data in a hole of the file. */
    private Path withHole(long bytes) throws IOException {
        Proto tensor = Onnx.tensor("w", FLOAT, "" + bytes / 4).tag(9, 2).rawVarint(bytes);
        long tensorBytes = tensor.toBytes().length + bytes;
        Proto graph = Models.reluGraph().tag(5, 2).rawVarint(tensorBytes).raw(tensor.toBytes());
        long graphBytes = graph.toBytes().length + bytes;
        byte[] head = new Proto()
                .varint(1, 8)
                .message(8, Models.opset("", 17))
                .tag(7, 2)
                .rawVarint(graphBytes)
                .raw(graph.toBytes())
                .toBytes();
        Path file = Files.write(folder.resolve("large.onnx"), head);
        try (RandomAccessFile holed = new RandomAccessFile(file.toFile(), "rw")) {
            holed.setLength(head.length + bytes);
        }
        return file;
    }

    @Test
    void leavesNoFileOpen() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Requires.that(Files.isDirectory(descriptors), "needs Linux to count open files");
        ModelFile opened = ModelFile.open(model, STRICT);
        Path hostile = Models.relu().input("x", FLOAT, "N,2").writeTo(folder.resolve("hostile.onnx"));

        long before = count(descriptors);
        opened.verifyUnchanged();
        assertThat(opened.digest()).hasSize(64);
        assertThat(ModelFile.open(model, STRICT).digest()).isEqualTo(opened.digest());
        assertThatExceptionOfType(RefusedModelException.class).isThrownBy(() -> ModelFile.open(hostile, STRICT));

        assertThat(count(descriptors)).isEqualTo(before);
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /** A writer that loses its processor for a tick lets readers through, so one refusal of many is enough. */
    @Test
    @Timeout(60)
    void refusesAFileThatIsWrittenOnAndOn() throws Exception {
        AtomicBoolean written = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            try {
                while (written.get()) {
                    Files.setLastModifiedTime(weights, FileTime.fromMillis(0));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        try {
            Optional<Refusal> refusal = Optional.empty();
            while (refusal.isEmpty()) {
                refusal = refusal();
            }
            assertThat(refusal).contains(Refusal.CHANGING);
        } finally {
            written.set(false);
            writer.join();
        }
    }

    private Optional<Refusal> refusal() {
        try {
            ModelFile.open(model, STRICT);
            return Optional.empty();
        } catch (RefusedModelException e) {
            return Optional.of(e.reason());
        }
    }

    @Nested
    class NoticesThat {
        private ModelFile opened;

        @BeforeEach
        void open() {
            opened = ModelFile.open(model, STRICT);
            opened.verifyUnchanged();
        }

        @Test
        void contentWasReplacedWithTheSizeAndTheTimeOfModificationRestored() throws IOException {
            FileTime modified = Files.getLastModifiedTime(weights);
            byte[] other = new byte[16];
            other[0] = 1;
            Files.write(weights, other);
            Files.setLastModifiedTime(weights, modified);

            assertChanged("weights");
        }

        @Test
        void anotherFileWasRenamedOverIt() throws IOException {
            Path other = Files.copy(model, folder.resolve("other"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(other, model, StandardCopyOption.REPLACE_EXISTING);

            assertChanged("model.onnx");
        }

        @Test
        void itWasRenamedAwayAndBack() throws IOException {
            Path away = Files.move(weights, folder.resolve("away"));
            Files.move(away, weights);

            assertChanged("weights");
        }

        @Test
        void somethingWasAppended() throws IOException {
            Files.write(weights, new byte[1], StandardOpenOption.APPEND);

            assertChanged("weights");
        }

        @Test
        void itWasCutShort() throws IOException {
            Files.write(model, "cut".getBytes(StandardCharsets.UTF_8));

            assertChanged("model.onnx");
        }

        @Test
        void itBecameALinkToTheSameContent() throws IOException {
            Path moved = Files.move(weights, folder.resolve("moved"));
            Files.createSymbolicLink(weights, moved);

            assertChanged("weights");
        }

        @Test
        void itGotASecondName() throws IOException {
            Files.createLink(folder.resolve("second"), weights);

            assertChanged("weights");
        }

        @Test
        void itIsGone() throws IOException {
            FileState checked = opened.files().get(1);
            Files.delete(weights);

            assertThatExceptionOfType(ModelChangedException.class)
                    .isThrownBy(opened::verifyUnchanged)
                    .withMessageStartingWith("The model's file 'weights' changed after it was checked: it was ")
                    .withMessageContaining("and is now gone.")
                    .satisfies(e -> {
                        assertThat(e.checked()).isEqualTo(checked);
                        assertThat(e.found()).isNull();
                    });
        }

        @Test
        void itChangedBeforeItWasHashed() throws IOException {
            Files.write(weights, new byte[] {1}, StandardOpenOption.WRITE);

            assertThatExceptionOfType(ModelChangedException.class).isThrownBy(opened::digest);
        }

        private void assertChanged(String path) {
            assertThatExceptionOfType(ModelChangedException.class)
                    .isThrownBy(opened::verifyUnchanged)
                    .satisfies(e -> {
                        assertThat(e.checked().path()).isEqualTo(path);
                        assertThat(e.found()).isNotNull().isNotEqualTo(e.checked());
                    });
        }
    }

    /** Files stamp times by a clock that ticks every few milliseconds: a change in the tick of the check must show. */
    @Test
    void noticesAChangeDirectlyAfterADirectlyOpenedModel() throws IOException {
        for (int i = 0; i < 30; i++) {
            Files.write(weights, new byte[16]);
            FileTime modified = Files.getLastModifiedTime(weights);
            ModelFile opened = ModelFile.open(model, STRICT);
            Files.write(weights, new byte[16]);
            Files.setLastModifiedTime(weights, modified);

            assertThatExceptionOfType(ModelChangedException.class).isThrownBy(opened::verifyUnchanged);
        }
    }
}
