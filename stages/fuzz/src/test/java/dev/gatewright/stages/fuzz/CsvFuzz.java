// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class CsvFuzz {
    private static final Scratch FILE = new Scratch("rows.csv");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "x0,x1,y,w\n1,2,0,a\n3,4.5e-7,1,b\n",
                        "\uFEFFy,x0,w\r\n\"1\",-0.25,\"a \"\"quoted\"\" name\"\r\n0,nan,\u00e9\n\n",
                        "w,y,x\n,0,1e308\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 40_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(FILE.with(bytes));
    }
}
