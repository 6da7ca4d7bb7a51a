// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("python")
@Tag("slow")
class ParquetWritersTest {
    private static final List<String> COMPRESSIONS = List.of("none", "snappy", "gzip", "zstd", "lz4");

    @TempDir
    Path folder;

    @Test
    void readsWhatEachWriterWritesAsPyarrowReadsIt() throws IOException {
        try (PythonReference python = PythonReference.start(ParquetWritersTest.class, "parquet_reference.py")) {
            int seed = 0;
            for (String writer : List.of("pyarrow", "pandas", "duckdb", "polars", "fastparquet")) {
                for (String compression : COMPRESSIONS) {
                    compare(python, seed++, Map.of("writer", writer, "compression", compression));
                }
            }
        }
    }

    @Test
    void readsEachEncodingAndBothVersionsOfPages() throws IOException {
        try (PythonReference python = PythonReference.start(ParquetWritersTest.class, "parquet_reference.py")) {
            int seed = 1000;
            for (String encoding : List.of("", "split", "delta", "lengths", "runs")) {
                for (String version : List.of("1.0", "2.0")) {
                    for (String compression : COMPRESSIONS) {
                        compare(
                                python,
                                seed++,
                                Map.of(
                                        "writer", "pyarrow",
                                        "compression", compression,
                                        "version", version,
                                        "encoding", encoding));
                    }
                }
            }
        }
    }

    @Test
    void readsListsOfOneLengthAndMissingNumbersOfEachWriter() throws IOException {
        try (PythonReference python = PythonReference.start(ParquetWritersTest.class, "parquet_reference.py")) {
            int seed = 2000;
            for (String writer : List.of("pyarrow", "pandas", "duckdb", "polars")) {
                for (String version : List.of("1.0", "2.0", "1.0", "2.0")) {
                    Map<String, Object> how = Map.of(
                            "writer",
                            writer,
                            "compression",
                            "snappy",
                            "version",
                            version,
                            "lists",
                            true,
                            "nulls",
                            true);
                    compare(python, seed++, how);
                }
            }
        }
    }

    private void compare(PythonReference python, int seed, Map<String, Object> how) throws IOException {
        Path file = folder.resolve(seed + ".parquet");
        Map<String, Object> question = new HashMap<>(how);
        question.put("path", file.toString());
        question.put("seed", seed);
        JsonNode expected = python.ask(question);
        List<Field.Matrix> matrices = new ArrayList<>();
        expected.get("columns").properties().forEach(column -> {
            String type = column.getValue().get("type").asText();
            boolean isMissing = column.getKey().endsWith("_null");
            matrices.add(new Field.Matrix(
                    column.getKey(),
                    type(type),
                    List.of(column.getKey()),
                    isMissing ? Field.Missing.NAN : Field.Missing.REFUSE,
                    Field.Matrix.ANY_WIDTH));
        });
        assertThat(matrices).as(question.toString()).hasSizeGreaterThan(11);
        Contents contents = Contents.of(file, 1 + seed % 97, matrices.toArray(Field[]::new));
        assertThat(contents.rows())
                .as(question.toString())
                .isEqualTo(expected.get("rows").asLong());
        for (Field.Matrix matrix : matrices) {
            JsonNode column = expected.get("columns").get(matrix.name());
            String what = question + ": " + matrix.name();
            if (matrix.type() == ElementType.STRING) {
                List<String> texts = new ArrayList<>();
                column.get("texts").forEach(text -> texts.add(text.asText()));
                assertThat(contents.values(matrix)).as(what).isEqualTo(texts);
            } else {
                assertThat(contents.bytes(matrix))
                        .as(what)
                        .isEqualTo(column.get("bytes").binaryValue());
            }
        }
    }

    private static ElementType type(String numpyName) {
        for (ElementType type : ElementType.values()) {
            if (type.numpyName().equals(numpyName)) {
                return type;
            }
        }
        throw new AssertionError(numpyName);
    }
}
