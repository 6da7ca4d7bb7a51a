// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.rows.BadDataException;
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
class NpzNumpyTest {
    private static final int ARRAYS_OF_A_TYPE = 12;

    @TempDir
    Path folder;

    @Test
    void readsWhatNumpyWritesAsNumpyReadsItBitForBit() throws IOException {
        try (PythonReference numpy = PythonReference.start(NpzNumpyTest.class, "numpy_reference.py")) {
            for (ElementType type : ElementType.values()) {
                for (int seed = 0; seed < ARRAYS_OF_A_TYPE; seed++) {
                    Path file = folder.resolve(seed % 3 == 1 ? "arrays" : "arrays.npz");
                    JsonNode expected = numpy.ask(question(file, dtype(type, seed), seed, false));
                    compare(file, type, expected, dtype(type, seed) + " of seed " + seed);
                }
            }
        }
    }

    @Test
    void refusesFortranOrderWhereItIsAnother() {
        try (PythonReference numpy = PythonReference.start(NpzNumpyTest.class, "numpy_reference.py")) {
            int refused = 0;
            for (int seed = 0; seed < 20; seed++) {
                Path file = folder.resolve("arrays.npz");
                JsonNode expected = numpy.ask(question(file, "float32", seed, true));
                Field.Matrix x = new Field.Matrix("x", ElementType.FLOAT32, List.of("x"));
                try (DataFile data = DataFile.open(file)) {
                    SelectionResult result = data.select(List.of(x));
                    if (result instanceof Problems problems) {
                        refused++;
                        assertThat(problems.list().get(0).sentence()).endsWith("save numpy.ascontiguousarray(x)");
                        assertThat(expected.get("shape")).isNotEmpty();
                    }
                }
            }
            assertThat(refused).isBetween(5, 19);
        }
    }

    private static void compare(Path file, ElementType type, JsonNode expected, String what) throws IOException {
        Field.Matrix other = new Field.Matrix("other", ElementType.INT64, List.of("other"));
        if (type == ElementType.STRING) {
            Field.Matrix texts = new Field.Matrix("x", type, List.of("x"));
            List<String> wanted = new ArrayList<>();
            expected.get("texts").forEach(text -> wanted.add(text.asText()));
            assertThat(Contents.of(file, 64, other, texts).values(texts))
                    .as(what)
                    .isEqualTo(wanted);
            return;
        }
        for (ElementType target : ElementType.values()) {
            boolean isKept = target != ElementType.STRING && (target.isFloat() || !type.isFloat());
            if (isKept) {
                Field.Matrix matrix = new Field.Matrix("x", target, List.of("x"));
                JsonNode bytes = expected.get("matrices").get(target.numpyName());
                String how = what + " as " + target.numpyName();
                if (bytes == null) {
                    assertThatThrownBy(() -> Contents.of(file, 64, other, matrix))
                            .as(how)
                            .isInstanceOf(BadDataException.class);
                } else {
                    Contents contents = Contents.of(file, 64, other, matrix);
                    assertThat(contents.rows())
                            .as(how)
                            .isEqualTo(expected.get("rows").asLong());
                    assertThat(contents.bytes(matrix)).as(how).isEqualTo(bytes.binaryValue());
                }
            }
        }
    }

    private static String dtype(ElementType type, int seed) {
        if (type == ElementType.STRING) {
            return (seed % 4 < 2 ? "U" : "S") + (seed + 1);
        }
        return type.numpyName();
    }

    private static Map<String, Object> question(Path file, String dtype, int seed, boolean fortran) {
        return Map.of(
                "path",
                file.toString(),
                "dtype",
                dtype,
                "seed",
                seed,
                "big",
                seed % 3 == 0,
                "compressed",
                seed % 2 == 0,
                "fortran",
                fortran);
    }
}
