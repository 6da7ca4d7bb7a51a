// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.ImageLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed runs of strangers: each is refused with a sentence, and leaves nothing where it was to go, nor beside it. */
class HostileRunTest {
    private static final int BLOCK = 512;
    private static final String MODEL_TITLE = "\"org.opencontainers.image.title\":\"build/model.onnx\"";

    @TempDir
    private Path folder;

    private Path packed;
    private Path archive;

    @BeforeEach
    void pack() throws IOException {
        TestRun run = TestRun.judged(folder.resolve("here"), 1 << 12);
        packed = folder.resolve("packed");
        run.pack(packed);
        archive = folder.resolve("run.tar");
        run.pack(archive);
    }

    private void isRefused(Path from, String... parts) throws IOException {
        TreeSet<String> before = new TreeSet<>(TestRun.files(folder));
        Path there = folder.resolve("there/spec");

        assertThatThrownBy(() -> TestRun.unpack(from, there))
                .isInstanceOfAny(StageFailedException.class, IOException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains(parts));

        assertThat(there).doesNotExist();
        assertThat(TestRun.files(folder)).containsExactlyElementsOf(before);
    }

    private Path manifest() throws IOException {
        Digest digest = ImageLayout.open(packed).index().get(0).digest();
        return ImageLayout.open(packed).blob(digest);
    }

    /** Has the packed run another manifest, by which its index then calls it. */
    private void forge(UnaryOperator<String> change) throws IOException {
        ImageLayout layout = ImageLayout.open(packed);
        String text = Files.readString(manifest());
        String forged = change.apply(text);
        assertThat(forged).isNotEqualTo(text);
        Descriptor named = layout.index().get(0);
        Descriptor put = layout.put(named.mediaType(), forged.getBytes(UTF_8));
        layout.writeIndex(List.of(
                new Descriptor(put.mediaType(), put.digest(), put.size(), named.annotations(), named.artifactType())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../model.onnx",
                "/tmp/model.onnx",
                "build/../../model.onnx",
                "C:/model.onnx",
                "build\\\\..\\\\model.onnx",
                ".git/hooks/pre-commit",
                "build//model.onnx",
                ".gatewright/runs/r2/run.json",
                "build/model.onnx ",
                ""
            })
    void aFileThatWouldLieElsewhere(String path) throws IOException {
        forge(text -> text.replace(MODEL_TITLE, MODEL_TITLE.replace("build/model.onnx", path)));

        isRefused(packed, "which does not travel: ");
    }

    @Test
    void aFileThatNoReportNames() throws IOException {
        String title = MODEL_TITLE.replace("build/model.onnx", "build/metrics.json");
        forge(text -> {
            int start = text.lastIndexOf("{\"annotations\"", text.indexOf(title));
            String layer = text.substring(start, text.indexOf('}', text.indexOf('}', start) + 1) + 1);
            return text.replace(layer, layer + "," + layer.replace("build/metrics.json", "build/conftest.py"));
        });

        isRefused(packed, "build/conftest.py, which no report of the run names");
    }

    @Test
    void aFileTwice() throws IOException {
        forge(text -> text.replace("build/metrics.json", "build/model.onnx"));

        isRefused(packed, "holds the file build/model.onnx twice");
    }

    @Test
    void anotherModelThanWasJudged() throws IOException {
        ImageLayout layout = ImageLayout.open(packed);
        Descriptor other = layout.put("", "another model".getBytes(UTF_8));
        forge(text -> {
            int title = text.indexOf(MODEL_TITLE);
            int digest = text.indexOf("sha256:", title);
            int size = text.indexOf("\"size\":", digest);
            return text.substring(0, digest) + other.digest() + text.substring(digest + 71, size) + "\"size\":"
                    + other.size() + text.substring(text.indexOf('}', size));
        });

        isRefused(packed, "build/model.onnx is not the file of train-gate any more");
    }

    @Test
    void weightsThatAreLeftOut() throws IOException {
        forge(text -> {
            int end = text.indexOf("build/weights");
            int start = text.lastIndexOf(",{\"annotations\"", end);
            return text.substring(0, start) + text.substring(text.indexOf('}', text.indexOf('}', end) + 1) + 1);
        });

        isRefused(packed, "build/model.onnx is not the file of evaluate-metrics any more");
    }

    @ParameterizedTest
    @CsvSource({
        "run.v1, run.v2, 'a run in the form application/vnd.gatewright.run.v2, and this program reads'",
        "vnd.gatewright.run.v1, vnd.other.thing, 'holds no run, but an artifact of type application/vnd.other.thing'",
    })
    void anotherForm(String from, String to, String sentence) throws IOException {
        String type = "\"artifactType\":\"application/";
        String old = from.startsWith("vnd") ? type + from : type + "vnd.gatewright." + from;
        forge(text -> text.replace(old, old.replace(from, to)));

        isRefused(packed, sentence);
    }

    @Test
    void aSizeThatIsNotThatOfTheFile() throws IOException {
        forge(text -> text.replaceAll("\"size\":22\\b", "\"size\":23"));

        isRefused(packed, "build/metrics.json is not of the size that was said");
    }

    @Test
    void moreBytesThanThereIsRoomFor() throws IOException {
        forge(text -> text.replaceAll("\"size\":22\\b", "\"size\":9007199254740992"));

        isRefused(packed, "has room for");
    }

    @Test
    void aBlobWithOtherBytes() throws IOException {
        Path blob = ImageLayout.open(packed).blob(Digest.of("{\"val_accuracy\": 0.99}".getBytes(UTF_8)));
        Files.writeString(blob, "{\"val_accuracy\": 1.00}");

        isRefused(packed, "has other bytes");
    }

    @Test
    void aRunsDocumentThatWasChanged() throws IOException {
        forge(text -> text.replace("\"dev.gatewright.run\":\"r1\"", "\"dev.gatewright.run\":\"r2\""));

        isRefused(packed, "which does not travel");
    }

    @Test
    void twoRunsOrNone() throws IOException {
        ImageLayout layout = ImageLayout.open(packed);
        Descriptor run = layout.index().get(0);
        layout.writeIndex(List.of(run, run));
        isRefused(packed, "holds 2 runs, and one is needed");

        layout.writeIndex(List.of());
        isRefused(packed, "holds 0 runs, and one is needed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 600, 3000, 9000})
    void aFileThatIsCut(int bytes) throws IOException {
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), bytes));

        isRefused(archive, "is cut: it ends in the middle");
    }

    @Test
    void aFileThatIsNoArchive() throws IOException {
        Files.writeString(archive, "{}".repeat(1000));

        isRefused(archive, "so that it is no tar");
    }

    @Test
    void aByteThatFlipped() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\"val_accuracy\"");
        bytes[at + 18] ^= 1;
        Files.write(archive, bytes);

        isRefused(archive, "has other bytes for the blob sha256:");
    }

    @ParameterizedTest
    @CsvSource({
        "../../evil, 0, no OCI layout has",
        "/tmp/evil, 0, no OCI layout has",
        "blobs/sha256/../../../evil, 0, no OCI layout has",
        "blobs/sha256/link, 2, no OCI layout has",
        "blobs/sha256/hard, 1, no OCI layout has",
        "blobs/fifo, 6, no OCI layout has",
        "gatewright.yaml, 0, no OCI layout has",
        "oci-layout, 0, the entry 'oci-layout' twice",
    })
    void anArchiveWithMoreThanALayout(String name, char type, String sentence) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        byte[] sound = Files.readAllBytes(archive);
        tar.write(sound, 0, sound.length - 2 * BLOCK);
        tar.write(header(name, type, "/etc/passwd"));
        tar.write(new byte[2 * BLOCK]);
        Files.write(archive, tar.toByteArray());

        isRefused(archive, sentence);
    }

    /** What a manifest calls a run is held against the document: a run of another name cannot be put in its place. */
    @Test
    void aDocumentOfAnotherRun() throws IOException {
        TestRun run = TestRun.judged(folder.resolve("other"), 1 << 12);
        RunDocument document = RunDocument.read(run.runFolder().resolve(RunDocument.FILE_NAME));
        ImageLayout layout = ImageLayout.open(packed);
        String other = dev.gatewright.stages.api.json.JsonWriter.pretty(
                new RunDocument("r9", document.specDigest(), document.commit(), document.stages()).toJson());
        Descriptor put = layout.put("", other.getBytes(UTF_8));
        Digest old = Digest.of(run.runFolder().resolve(RunDocument.FILE_NAME));
        long size = Files.size(run.runFolder().resolve(RunDocument.FILE_NAME));
        forge(text -> text.replace(
                "\"" + old + "\",\"mediaType\":\"application/vnd.gatewright.run.file.v1\",\"size\":" + size,
                "\"" + put.digest() + "\",\"mediaType\":\"application/vnd.gatewright.run.file.v1\",\"size\":"
                        + put.size()));
        forge(text -> text.replace(
                "\"" + old + "\",\"mediaType\":\"application/vnd.gatewright.run.document.v1+json\",\"size\":" + size,
                "\"" + put.digest() + "\",\"mediaType\":\"application/vnd.gatewright.run.document.v1+json\",\"size\":"
                        + put.size()));

        isRefused(packed, "run.json is not the file of run r9 any more");
    }

    @Test
    void aSoundRunIsNotRefused() throws Exception {
        for (Path from : List.of(packed, archive)) {
            TestRun.unpack(from, folder.resolve("sound"));
        }

        try (Stream<Path> left = Files.list(folder.resolve("sound/.gatewright"))) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("runs");
        }
    }

    private static byte[] header(String name, char type, String link) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000644\0" + "0000000\0" + "0000000\0" + "00000000000\0" + "00000000000\0");
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        put(block, 157, link);
        put(block, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xFF;
        }
        put(block, 148, String.format("%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
