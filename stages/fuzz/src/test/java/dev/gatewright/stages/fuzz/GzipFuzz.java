// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class GzipFuzz {
    private static final Scratch FILE = new Scratch("rows.csv.gz");

    static Stream<byte[]> seeds() throws IOException {
        byte[] one = compressed("x0,x1,y,w\n1,2,0,a\n3,4,1,b\n");
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(one);
        two.writeBytes(compressed("5,6,0,c\n"));
        return Stream.of(one, two.toByteArray(), compressed("x0,y,w\n" + "1,0,a\n".repeat(300)));
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 20_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(FILE.with(bytes));
    }
}
