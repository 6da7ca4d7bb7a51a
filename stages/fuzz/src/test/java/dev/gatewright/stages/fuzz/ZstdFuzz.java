// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.airlift.compress.zstd.ZstdCompressor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class ZstdFuzz {
    private static final Scratch FILE = new Scratch("rows.csv.zst");

    static Stream<byte[]> seeds() {
        Stream<byte[]> whole = Stream.of("x0,x1,y,w\n1,2,0,a\n3,4,1,b\n", "x0,y,w\n" + "1,0,a\n".repeat(300))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .map(ZstdFuzz::compressed);
        byte[] withoutSizes = HexFormat.of().parseHex("28b52ffdf8ffffcf0200da00fffffffffffbffffffffffffff");
        return Stream.concat(whole, Stream.of(withoutSizes));
    }

    private static byte[] compressed(byte[] text) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] room = new byte[compressor.maxCompressedLength(text.length)];
        return Arrays.copyOf(room, compressor.compress(text, 0, text.length, room, 0, room.length));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 400)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(FILE.with(bytes));
    }
}
