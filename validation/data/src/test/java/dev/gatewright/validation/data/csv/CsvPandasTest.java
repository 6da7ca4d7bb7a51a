// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("python")
class CsvPandasTest {
    private static final int FRAMES = 40;

    @TempDir
    Path folder;

    @Test
    void readsWhatPandasWritesAsPandasReadsItBitForBit() throws IOException {
        List<String> names =
                List.of("frame.csv", "frame.tsv", "frame.csv.gz", "frame.tab.gz", "frame.csv.zst", "frame.tsv.zst");
        try (PythonReference pandas = PythonReference.start(CsvPandasTest.class, "pandas_reference.py")) {
            for (int seed = 0; seed < FRAMES; seed++) {
                Path file = folder.resolve(names.get(seed % names.size()));
                JsonNode expected = pandas.ask(Map.of("path", file.toString(), "seed", seed));
                compare(file, expected, seed);
            }
        }
    }

    private static void compare(Path file, JsonNode expected, int seed) throws IOException {
        Map<String, Field.Matrix> matrices = Map.ofEntries(
                matrix("x32", ElementType.FLOAT32, "x_*"),
                matrix("x16", ElementType.FLOAT16, "x_*"),
                matrix("wide", ElementType.FLOAT64, "wide_*"),
                Map.entry(
                        "missing",
                        new Field.Matrix("missing", ElementType.FLOAT32, List.of("missing_*"), Field.Missing.NAN, 3)),
                matrix("long", ElementType.INT64, "long_*"),
                matrix("longAsFloat", ElementType.FLOAT64, "long_*"),
                matrix("huge", ElementType.UINT64, "huge"),
                matrix("byte", ElementType.UINT8, "byte_*"),
                matrix("byteAsFloat", ElementType.FLOAT32, "byte_*"),
                matrix("bool", ElementType.BOOL, "bool_*"),
                matrix("boolAsFloat", ElementType.FLOAT32, "bool_*"));
        Field.Category label = new Field.Category("label");
        Field.Matrix names = new Field.Matrix("names", ElementType.STRING, List.of("name, of \"all\""));
        Field.Scalar scalar = new Field.Scalar("x_0");
        List<Field> fields = new ArrayList<>(matrices.values());
        fields.addAll(List.of(label, names, scalar));

        Contents contents = Contents.of(file, 64, fields.toArray(new Field[0]));

        assertThat(contents.rows())
                .as("rows of seed %d", seed)
                .isEqualTo(expected.get("rows").asLong());
        for (Map.Entry<String, Field.Matrix> matrix : matrices.entrySet()) {
            assertThat(contents.bytes(matrix.getValue()))
                    .as("%s of seed %d", matrix.getKey(), seed)
                    .isEqualTo(expected.get(matrix.getKey()).binaryValue());
        }
        assertThat(contents.texts(label)).as("label of seed %d", seed).isEqualTo(texts(expected.get("label")));
        assertThat(contents.values(names)).as("names of seed %d", seed).isEqualTo(texts(expected.get("names")));
        assertThat(contents.values(scalar))
                .as("scalar of seed %d", seed)
                .isEqualTo(doubles(expected.get("scalar").binaryValue()));
    }

    private static Map.Entry<String, Field.Matrix> matrix(String name, ElementType type, String columns) {
        return Map.entry(name, new Field.Matrix(name, type, List.of(columns)));
    }

    private static List<Double> doubles(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        List<Double> doubles = new ArrayList<>();
        while (numbers.hasRemaining()) {
            doubles.add(numbers.getDouble());
        }
        return doubles;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
