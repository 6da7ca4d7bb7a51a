// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.images.ImageOptions.Channels;
import dev.gatewright.validation.data.images.ImageOptions.Exactly;
import dev.gatewright.validation.data.images.ImageOptions.Interpolation;
import dev.gatewright.validation.data.images.ImageOptions.Layout;
import dev.gatewright.validation.data.images.ImageOptions.Resize;
import dev.gatewright.validation.data.images.ImageOptions.ShorterSide;
import dev.gatewright.validation.data.images.ImageOptions.Size;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("python")
class PreparedTest {
    private static final Field.Matrix INPUT = new Field.Matrix("input", ElementType.FLOAT32, List.of("image"));
    private static PythonReference pillow;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        pillow = PythonReference.start(PreparedTest.class, "pillow_reference.py");
    }

    @AfterAll
    static void stop() {
        pillow.close();
    }

    @Seeded(cases = 150)
    void preparesAsTorchvisionDoesBitForBit(Gen gen) throws IOException {
        Path file = Files.createDirectories(folder.resolve("cat")).resolve("1.jpg");
        int seed = gen.integer(0, 1_000_000);
        JsonNode size = pillow.ask(Map.of("kind", "jpeg", "seed", seed, "path", file.toString()))
                .get("size");
        ImageOptions options = options(gen, size.get(0).asInt(), size.get(1).asInt());

        byte[] expected = pillow.ask(question(file, options)).get("pixels").binaryValue();

        assertThat(Contents.of(() -> DataFile.open(folder, options), 2, INPUT).bytes(INPUT))
                .as(options.toString())
                .isEqualTo(expected);
    }

    private static ImageOptions options(Gen gen, int width, int height) {
        Resize resize = switch (gen.integer(0, 2)) {
            case 0 -> null;
            case 1 -> new ShorterSide(gen.integer(1, 60));
            default -> new Exactly(new Size(gen.integer(1, 150), gen.integer(1, 150)));
        };
        Size resized = resize instanceof Exactly exactly
                ? exactly.size()
                : resize instanceof ShorterSide side ? new Size(side.pixels(), side.pixels()) : new Size(height, width);
        Size crop =
                gen.chance(0.5) ? new Size(gen.integer(1, resized.height()), gen.integer(1, resized.width())) : null;
        Channels channels = gen.oneOf(List.of(Channels.values()));
        List<Double> mean = gen.chance(0.5) ? numbers(gen, channels.count()) : List.of();
        List<Double> std = gen.chance(0.5) ? numbers(gen, channels.count()) : List.of();
        return new ImageOptions(
                resize,
                crop,
                gen.oneOf(List.of(Interpolation.values())),
                channels,
                gen.chance(0.8) ? 255 : 127.5,
                mean,
                std,
                gen.oneOf(List.of(Layout.values())));
    }

    private static List<Double> numbers(Gen gen, int count) {
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(gen.integer(1, 999) / 1000.0);
        }
        return numbers;
    }

    private static Map<String, Object> question(Path file, ImageOptions options) {
        Resize resize = options.resize();
        List<Integer> sides = resize instanceof Exactly exactly
                ? sides(exactly.size())
                : resize instanceof ShorterSide side ? List.of(side.pixels()) : List.of();
        Size crop = options.crop();
        return Map.of(
                "file", file.toString(),
                "resize", sides,
                "crop", crop == null ? List.of() : sides(crop),
                "interpolation", options.interpolation().name(),
                "channels", options.channels().name(),
                "divide_by", options.divideBy(),
                "mean", options.mean(),
                "std", options.std(),
                "layout", options.layout().name());
    }

    private static List<Integer> sides(Size size) {
        return List.of(size.height(), size.width());
    }
}
