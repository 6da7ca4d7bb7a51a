// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.LayerReader;
import dev.gatewright.stages.oci.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers of an image. The sums of headers are sound, so that they do not stop what the reader has to. */
@Tag("slow")
class LayerFuzz {
    private static final int BLOCK = 512;
    private static final Scratch FILE = new Scratch("layer.tar");

    static Stream<byte[]> seeds() {
        return Stream.of(
                entry("a/b.bin", '0', "seven..".getBytes(StandardCharsets.US_ASCII)),
                entry("../evil", '0', new byte[1]),
                entry("folder/", '5', new byte[0]),
                entry("link", '2', new byte[0]),
                entry("extended", 'x', "19 path=../../evil\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] entry(String name, char type, byte[] content) {
        byte[] tar = new byte[BLOCK * 4];
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, tar, 0, bytes.length);
        byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, tar, 124, size.length);
        tar[156] = (byte) type;
        System.arraycopy(content, 0, tar, BLOCK, content.length);
        return tar;
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 600)
    void isUnpackedBelowItsFolderOrRefused(byte[] bytes) throws IOException {
        byte[] tar = bytes.clone();
        for (int at = 0; at + BLOCK <= tar.length; at += BLOCK) {
            mendSum(tar, at);
        }
        Path file = FILE.with(tar);
        Path outside = Files.createDirectories(file.resolveSibling("outside"));
        Path folder = Files.createDirectories(outside.resolve("folder"));
        try {
            LayerReader.unpack(Descriptor.of(MediaType.LAYER, tar), file, folder);
        } catch (IOException e) {
            Sentences.check(e.getMessage());
        }
        try (Stream<Path> below = Files.list(outside)) {
            if (below.count() != 1) {
                throw new IllegalStateException("something lies beside the folder of the layer");
            }
        }
        clear(folder);
    }

    /** Of every block that is not empty: what is content has then other bytes, which is as good. */
    private static void mendSum(byte[] tar, int at) {
        boolean isEmpty = true;
        for (int i = at; i < at + BLOCK; i++) {
            isEmpty &= tar[i] == 0;
        }
        if (isEmpty) {
            return;
        }
        Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + BLOCK; i++) {
            sum += tar[i] & 0xFF;
        }
        byte[] digits = String.format("%06o\0", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, tar, at + 148, digits.length);
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            below.sorted(Comparator.reverseOrder()).forEach(each -> {
                try {
                    Files.delete(each);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
