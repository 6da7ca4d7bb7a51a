// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("python")
class PartsPyarrowTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "npz"})
    void readsTheFilesOfAFolderAsPyarrowReadsThemAsADataSet(String format) throws IOException {
        Field.Matrix x = new Field.Matrix("x", ElementType.FLOAT32, List.of("x_0", "x_1"));
        Field.Category group = new Field.Category("group");
        Field.Scalar number = new Field.Scalar("number");
        try (PythonReference pyarrow = PythonReference.start(PartsPyarrowTest.class, "parts_reference.py")) {
            for (int seed = 0; seed < 8; seed++) {
                Path parts = folder.resolve("parts-" + seed);
                JsonNode expected = pyarrow.ask(Map.of("path", parts.toString(), "seed", seed, "format", format));
                List<String> groups = new ArrayList<>();
                expected.get("group").forEach(text -> groups.add(text.asText()));
                List<Double> numbers = new ArrayList<>();
                expected.get("number").forEach(each -> numbers.add(each.asDouble()));

                Contents contents = Contents.of(parts, 64, x, group, number);

                assertThat(contents.bytes(x)).isEqualTo(expected.get("x").binaryValue());
                assertThat(contents.texts(group)).isEqualTo(groups);
                assertThat(contents.values(number)).isEqualTo(numbers);
                try (DataFile data = DataFile.open(parts)) {
                    assertThat(data.digest()).isEqualTo(expected.get("digest").asText());
                }
            }
        }
    }
}
