// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports, run documents, and the state that a Trainer leaves. */
@Tag("slow")
class JsonFuzz {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"schema\": \"gatewright-report/v1\", \"gates\": [{\"verdict\": \"PASSED\", \"value\": -0.25e-3}], \"cause\": null}",
                        "\uFEFF{\"log_history\": [{\"step\": 1, \"loss\": NaN}, {\"step\": 2, \"ok\": true}]}",
                        "[\"\\ud83d\\ude00\\n\\u0000\", 1e308, [[[]]], {}]")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 20_000)
    void isReadAndWrittenAgainOrRefused(byte[] bytes) {
        try {
            Json json = JsonReader.read(bytes);
            CanonicalJson.sha256(json);
        } catch (JsonReader.NotJsonException e) {
            Sentences.check(e.getMessage());
        }
        try {
            JsonReader.readWithNaN(bytes);
        } catch (JsonReader.NotJsonException e) {
            Sentences.check(e.getMessage());
        }
    }
}
