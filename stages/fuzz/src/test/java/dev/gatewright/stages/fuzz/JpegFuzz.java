// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.validation.data.images.ImageOptions;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class JpegFuzz {
    private static final Scratch FILE = new Scratch("class/image.jpg");

    static Stream<byte[]> seeds() {
        return Stream.of(
                Images.written(Images.drawn(BufferedImage.TYPE_INT_RGB, 17, 9), "jpeg", false),
                Images.written(Images.drawn(BufferedImage.TYPE_INT_RGB, 9, 17), "jpeg", true),
                Images.written(Images.drawn(BufferedImage.TYPE_BYTE_GRAY, 8, 8), "jpeg", false));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 20_000)
    void isReadOrRefused(byte[] bytes) {
        Rows.readOrRefuse(Images.folderOf(FILE.with(bytes)), ImageOptions.UNCHANGED);
    }
}
