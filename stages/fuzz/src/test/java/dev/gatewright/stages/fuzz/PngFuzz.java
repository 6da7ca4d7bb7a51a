// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.validation.data.images.ImageOptions;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class PngFuzz {
    private static final Scratch FILE = new Scratch("class/image.png");

    static Stream<byte[]> seeds() {
        return Stream.of(
                Images.written(Images.drawn(BufferedImage.TYPE_INT_RGB, 5, 3), "png", false),
                Images.written(Images.drawn(BufferedImage.TYPE_INT_ARGB, 2, 9), "png", true),
                Images.written(Images.drawn(BufferedImage.TYPE_BYTE_INDEXED, 4, 4), "png", false),
                Images.written(Images.drawn(BufferedImage.TYPE_USHORT_GRAY, 3, 2), "png", false),
                Images.written(Images.drawn(BufferedImage.TYPE_BYTE_BINARY, 9, 2), "png", false));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 20_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(Images.folderOf(FILE.with(bytes)), ImageOptions.UNCHANGED);
    }
}
