// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("python")
class JsonPandasTest {
    private static final int FILES = 40;

    @TempDir
    Path folder;

    @Test
    void readsWhatPandasAndPythonWriteBitForBit() throws IOException {
        List<String> names = List.of("rows.jsonl", "rows.ndjson", "rows.jsonl.gz", "rows.jsonl.zst");
        try (PythonReference python = PythonReference.start(JsonPandasTest.class, "json_reference.py")) {
            for (int seed = 0; seed < FILES; seed++) {
                Path file = folder.resolve(names.get(seed % names.size()));
                JsonNode expected = python.ask(Map.of("path", file.toString(), "seed", seed));
                compare(file, expected, seed);
            }
        }
    }

    private static void compare(Path file, JsonNode expected, int seed) throws IOException {
        Field.Matrix x = new Field.Matrix("x", ElementType.FLOAT32, List.of("x_*"));
        Field.Matrix wide = new Field.Matrix("wide", ElementType.FLOAT64, List.of("wide"));
        Field.Matrix missing =
                new Field.Matrix("missing", ElementType.FLOAT32, List.of("missing"), Field.Missing.NAN, 1);
        Field.Matrix whole = new Field.Matrix("long", ElementType.INT64, List.of("long"));
        Field.Matrix bool = new Field.Matrix("bool", ElementType.BOOL, List.of("bool"));
        Field.Matrix image = new Field.Matrix("image", ElementType.FLOAT32, List.of("image"));
        Field.Matrix texts = new Field.Matrix("text", ElementType.STRING, List.of("text"));
        Field.Category category = new Field.Category("text");
        Field.Scalar scalar = new Field.Scalar("x_0");

        Contents contents = Contents.of(file, 64, x, wide, missing, whole, bool, image, texts, category, scalar);

        assertThat(contents.rows()).isEqualTo(expected.get("rows").asLong());
        for (Field.Matrix matrix : List.of(x, wide, missing, whole, bool, image)) {
            assertThat(contents.bytes(matrix))
                    .as("%s of seed %d", matrix.name(), seed)
                    .isEqualTo(expected.get(matrix.name()).binaryValue());
        }
        List<String> words = new ArrayList<>();
        expected.get("text").forEach(text -> words.add(text.asText()));
        assertThat(contents.values(texts)).as("texts of seed %d", seed).isEqualTo(words);
        assertThat(contents.texts(category)).as("categories of seed %d", seed).isEqualTo(words);
    }
}
