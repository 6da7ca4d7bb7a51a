// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("python")
class PillowTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"jpeg, 400, 2", "png, 150, 6", "interlaced, 200, 5"})
    void decodesWhatPillowDecodesBitForBit(String kind, int images, int modes) throws IOException {
        TreeSet<String> seen = new TreeSet<>();
        try (PythonReference pillow = PythonReference.start(PillowTest.class, "pillow_reference.py")) {
            for (int seed = 0; seed < images; seed++) {
                Path file = folder.resolve("image");
                JsonNode expected = pillow.ask(Map.of("kind", kind, "seed", seed, "path", file.toString()));
                Pixels pixels = ImageDecoder.decode(Place.of(file), Files.readAllBytes(file));
                String what = kind + " of seed " + seed + ", " + expected.get("mode") + " " + expected.get("size");
                assertThat(pixels.toRgb().samples())
                        .as(what)
                        .isEqualTo(expected.get("rgb").binaryValue());
                assertThat(pixels.toGray().samples())
                        .as("gray " + what)
                        .isEqualTo(expected.get("gray").binaryValue());
                seen.add(expected.get("mode").asText());
            }
        }
        assertThat(seen).hasSize(modes);
    }
}
