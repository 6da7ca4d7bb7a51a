// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderTest {
    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectory(folder.resolve("target"));
    }

    private void unpack(byte[] tar) throws IOException {
        Path file = Files.write(folder.resolve("layer.tar"), tar);
        LayerReader.unpack(Descriptor.of(MediaType.LAYER, tar), file, target);
    }

    private void refuses(byte[] tar, String sentence) {
        assertThatThrownBy(() -> unpack(tar)).isInstanceOf(IOException.class).hasMessageContaining(sentence);
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    private static byte[] tar(Entries entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        entries.write(tar);
        tar.end();
        return out.toByteArray();
    }

    private interface Entries {
        void write(TarWriter tar) throws IOException;
    }

    private static void file(TarWriter tar, String path, byte[] bytes) throws IOException {
        tar.file(path, 0644, bytes.length);
        tar.write(bytes, bytes.length);
        tar.endFile();
    }

    @Test
    void whatWasWrittenIsWhatIsRead() throws IOException {
        String deep = "folder/".repeat(30) + "größe.bin";
        byte[] large = new byte[70_000];
        Arrays.fill(large, (byte) 7);

        unpack(tar(tar -> {
            tar.folder("a");
            file(tar, "a/b", new byte[] {1, 2});
            file(tar, deep, large);
            file(tar, "empty", new byte[0]);
        }));

        assertThat(target.resolve("a/b")).hasBinaryContent(new byte[] {1, 2});
        assertThat(target.resolve(deep)).hasBinaryContent(large);
        assertThat(target.resolve("empty")).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/evil", "a/../../evil", "a//b", "./a", "..\\evil", "c:evil"})
    void nothingLeavesTheFolder(String path) throws IOException {
        refuses(tar(tar -> file(tar, path, new byte[1])), "no path below its root");
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6', 'L', 'g', 'S'})
    void linksAndDevicesAreRefused(char type) throws IOException {
        byte[] tar = tar(each -> file(each, "a", new byte[0]));
        tar[156] = (byte) type;
        mendSum(tar);

        refuses(tar, "only files and folders are unpacked");
    }

    private static void mendSum(byte[] tar) {
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xFF;
        }
        byte[] digits = String.format("%06o\0", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, tar, 148, digits.length);
    }

    @Test
    void aFileThatIsThereTwiceIsRefused() throws IOException {
        byte[] tar = tar(each -> {
            file(each, "a", new byte[] {1});
            file(each, "a", new byte[] {2});
        });

        assertThatThrownBy(() -> unpack(tar)).isInstanceOf(IOException.class);
        assertThat(target.resolve("a")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void aSizeThatTheLayerDoesNotHaveIsRefused() throws IOException {
        byte[] tar = tar(each -> file(each, "a", new byte[] {1}));
        byte[] size = "77777777777\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, tar, 124, size.length);
        mendSum(tar);

        refuses(tar, "more bytes than it has");
    }

    @Test
    void whatIsNoTarIsRefused() throws IOException {
        refuses(
                "no tar at all".repeat(100).getBytes(StandardCharsets.UTF_8),
                "has the wrong sum, so that it is no tar");
        byte[] tar = tar(each -> file(each, "a", new byte[] {1}));
        byte[] wrong = tar.clone();
        wrong[0] ^= 1;
        refuses(wrong, "wrong sum");
        for (int end : List.of(100, 700, 1100)) {
            refuses(Arrays.copyOf(tar, end), "ends in the middle");
            Files.deleteIfExists(target.resolve("a"));
        }
    }

    @Test
    void otherBytesThanTheDigestAreRefused() throws IOException {
        byte[] tar = tar(each -> file(each, "a", new byte[] {1}));
        byte[] other = tar.clone();
        other[512] ^= 1;
        Path file = Files.write(folder.resolve("layer.tar"), other);

        assertThatThrownBy(() -> LayerReader.unpack(Descriptor.of(MediaType.LAYER, tar), file, target))
                .hasMessageContaining("has other bytes than sha256:");
    }
}
