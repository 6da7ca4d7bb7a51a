// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class JsonLinesFuzz {
    private static final Scratch FILE = new Scratch("rows.jsonl");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"x0\": 1, \"x1\": 2.5, \"y\": 0, \"w\": \"a\"}\n{\"w\": \"b\", \"y\": 1, \"x1\": -3e-4, \"x0\": null}\n",
                        "{\"x\":[1,2],\"y\":\"1\",\"w\":\"\\u00e9\"}\r\n\r\n{\"x\":[3,4],\"y\":\"0\",\"w\":true}",
                        "{\"x0\":1e308,\"y\":0,\"other\":{\"deep\":[[{}]]},\"w\":\"\"}\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 20_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(FILE.with(bytes));
    }
}
