// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerStoreTest {
    @TempDir
    private Path folder;

    private Path weights;

    @BeforeEach
    void writeWeights() throws Exception {
        weights = folder.resolve("weights.bin");
        Files.writeString(weights, "weights");
        Thread.sleep(40); // older than a tick of the file system's clock
    }

    private Layer store() throws IOException {
        try (LayerStore store = open()) {
            return store.store(plan());
        }
    }

    private LayerStore open() throws IOException {
        return LayerStore.open(folder.resolve("store"), folder.resolve("other"));
    }

    private LayerPlan plan() {
        return new LayerPlan("model").add("model/weights.bin", weights);
    }

    @Test
    void anUnchangedFileIsNotWrittenAgain() throws IOException {
        Layer first = store();

        Layer second = store();

        assertThat(first.reused()).isFalse();
        assertThat(second.reused()).isTrue();
        assertThat(second.descriptor()).isEqualTo(first.descriptor());
    }

    /** What the change restores, size and time of modification, does not hide it. */
    @Test
    void aFileThatWasChangedInPlaceIsWrittenAgain() throws IOException {
        Layer first = store();
        FileTime time = Files.getLastModifiedTime(weights);
        Files.writeString(weights, "WEIGHTS");
        Files.setLastModifiedTime(weights, time);

        Layer second = store();

        assertThat(second.reused()).isFalse();
        assertThat(second.descriptor().digest()).isNotEqualTo(first.descriptor().digest());
    }

    /** Another change could then bear the same time, and go unseen. */
    @Test
    void aFileOfTheLastTickIsNotTakenForUnchanged() {
        Instant changed = Instant.parse("2026-11-23T10:00:00.100Z");

        assertThat(stamp(changed).isOlderThan(stamp(changed.plusMillis(20)))).isFalse();
        assertThat(stamp(changed).isOlderThan(stamp(changed.plusMillis(21)))).isTrue();
    }

    private static FileStamp stamp(Instant changed) {
        return new FileStamp("key", 7, changed, changed);
    }

    @Test
    void anImageThatIsWrittenAgainTakesOverWhatItLinksTo() throws IOException {
        Layer layer = store();
        ImageLayout layout = ImageLayout.create(folder.resolve("layout"));
        Path blob = layout.blob(layer.descriptor().digest());
        Files.writeString(blob, "something else under that name");

        layout.take(layer.descriptor(), layer.file());

        assertThat(blob).hasSameBinaryContentAs(layer.file());
    }

    @Test
    void aStoredLayerThatWasChangedIsWrittenAgain() throws IOException {
        Layer first = store();
        byte[] bytes = Files.readAllBytes(first.file());
        bytes[600] ^= 1;
        Files.write(first.file(), bytes);

        Layer second = store();

        assertThat(second.reused()).isFalse();
        assertThat(Digest.of(Files.readAllBytes(second.file())))
                .isEqualTo(first.descriptor().digest());
    }

    @Test
    void aLayerThatAnImageTookOverIsStillKnown() throws IOException {
        Layer first = store();
        ImageLayout layout = ImageLayout.create(folder.resolve("layout"));
        layout.take(first.descriptor(), first.file());

        assertThat(store().reused()).isTrue();
    }

    @Test
    void onlyTheLayersOfTheLastImageAreKept() throws Exception {
        Layer first = store();
        Files.writeString(weights, "others");
        Thread.sleep(40);

        Layer second = store();

        assertThat(first.file()).doesNotExist();
        assertThat(names("store"))
                .containsExactlyInAnyOrder(
                        "lock", "layers.json", second.descriptor().digest().hex());
    }

    @Test
    void aDamagedListKeepsNothing() throws IOException {
        store();
        for (String damaged : List.of("", "[", "{\"format\": \"gatewright-layers/v2\"}")) {
            Files.writeString(folder.resolve("store/layers.json"), damaged);

            assertThat(store().reused()).as(damaged).isFalse();
        }
    }

    @Test
    void aSecondBuilderAtTheSameTimeHasAStoreOfItsOwn() throws IOException {
        try (LayerStore first = open()) {
            try (LayerStore second = open()) {
                assertThat(second.store(plan()).file()).startsWith(folder.resolve("other"));
            }
            assertThat(folder.resolve("other")).doesNotExist();
            assertThat(first.store(plan()).file()).exists();
        }
    }

    @Test
    void aMissingFileIsNamedAndNothingIsLeft() throws IOException {
        Files.delete(weights);

        assertThatThrownBy(this::store).isInstanceOf(IOException.class).hasMessageContaining("weights.bin");
        assertThat(names("store")).containsExactlyInAnyOrder("lock", "layers.json");
    }

    @Test
    void pathsThatLeaveTheImageAreRefused() {
        for (String path : List.of("", "/etc/passwd", "../up", "a/../../b", "a//b", "a/", "./a", "a\0")) {
            assertThatThrownBy(() -> new LayerPlan("x").add(path, new byte[0]))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Longer than the old header holds, not ASCII, with folders above: GNU tar reads them as they were written. */
    @Test
    void tarReadsEveryNameAndSize() throws Exception {
        String deep = "folder/".repeat(30) + "weights.bin";
        Layer layer;
        try (LayerStore store = open()) {
            layer = store.store(new LayerPlan("names")
                    .add(deep, weights)
                    .add("gewichte/größe ∞.bin", "x".repeat(1000).getBytes(StandardCharsets.UTF_8))
                    .add("empty", new byte[0]));
        }
        Process tar = new ProcessBuilder(
                        "tar", "--numeric-owner", "-tvf", layer.file().toString())
                .redirectErrorStream(true)
                .start();
        String listed = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tar.waitFor()).as(listed).isZero();
        assertThat(listed).contains(deep, "-rw-r--r-- 0/0", "drwxr-xr-x 0/0");
        assertThat(listed.lines()).hasSize(30 + 1 + 1 + 1 + 1).allMatch(line -> line.contains("1970-01-01"));
    }

    private List<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
