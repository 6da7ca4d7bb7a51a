// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class BadImageTest {
    private static final Place PLACE = Place.of(Path.of("cat/1.png"));
    private static final byte[] PNG = Pictures.of("png", 20, 10);
    private static final byte[] JPEG = Pictures.of("jpg", 20, 10);

    @Test
    void refusesWhatIsNoImage() {
        refuses(new byte[0], "found an empty file, expected a PNG or JPEG image; convert it to one, or take it out");
        refuses(
                "GIF89a".getBytes(StandardCharsets.US_ASCII),
                "found a file of another kind, expected a PNG or JPEG image");
    }

    @Test
    void refusesAnImageThatWasCutOffAnywhere() {
        for (byte[] whole : new byte[][] {PNG, JPEG}) {
            int bytes = whole.length - (whole == JPEG ? 2 : 0); // all pixels are there without JPEG's end marker
            for (int length = 0; length < bytes; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThat(catchThrowable(() -> ImageDecoder.decode(PLACE, cut)))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(BadDataException.class);
            }
        }
    }

    @Test
    void refusesABombBeforeItMakesRoom() {
        refuses(
                png(65535, 65535, 8, 2, new byte[0]),
                "found an image of 65535 x 65535 pixels, expected at most 33554432");
        refuses(png(-1, 1, 8, 2, new byte[0]), "found an image of 4294967295 x 1 pixels, expected at most 33554432");
        byte[] large = JPEG.clone();
        int frame = frame(large);
        ByteBuffer.wrap(large).putInt(frame + 5, -1);
        refuses(large, "found an image of 65535 x 65535 pixels, expected at most 33554432; make it smaller");
        ByteBuffer.wrap(large).putInt(frame + 5, 0);
        refuses(large, "found an image of 0 x 0 pixels, expected at least one pixel");
    }

    @Test
    void refusesWhatPngHasNot() {
        refuses(png(1, 1, 3, 2, new byte[4]), "a PNG header with depth 3, colour type 2 and methods 0, 0, 0");
        refuses(png(1, 1, 16, 0, new byte[3]), "found a gray image of 16 bits, expected 8 bits a sample");
        refuses(png(1, 1, 8, 3, new byte[2]), "found no palette before the pixels, expected a chunk PLTE");
        refuses(png(1, 1, 8, 2, new byte[] {5, 0, 0, 0}), "found a row with filter 5, expected one of the five");
        refuses(png(1, 2, 8, 2, new byte[4]), "found too few pixels, expected 1 x 2, as its header says");
        byte[] flipped = PNG.clone();
        flipped[50] ^= 1;
        refuses(flipped, "with a wrong check sum, expected an undamaged PNG image; save the image again");
    }

    @Test
    void refusesJpegThatIsNeitherBaselineNorProgressive() {
        byte[] other = JPEG.clone();
        int frame = frame(other);
        other[frame + 1] = (byte) 0xC9;
        refuses(other, "found a JPEG image with arithmetic coding, expected a baseline or progressive JPEG image");
        other[frame + 1] = (byte) 0xC3;
        refuses(other, "found a lossless JPEG image");
        other[frame + 1] = (byte) 0xC0;
        other[frame + 4] = 12;
        refuses(other, "found samples of 12 bits, expected 8 bits a sample");
        other[frame + 4] = 8;
        other[frame + 9] = 4;
        refuses(other, "found an image of 4 components (CMYK), expected gray or RGB; convert it with its own profile");
    }

    @Seeded(cases = 3000)
    void refusesOrDecodesWhateverTheBytesAre(Gen gen) {
        byte[] bytes = (gen.chance(0.5) ? PNG : JPEG).clone();
        for (int i = gen.integer(1, 8); i > 0; i--) {
            bytes[gen.integer(2, bytes.length - 1)] =
                    gen.oneOf((byte) 0, (byte) 1, (byte) 0xFF, (byte) gen.integer(0, 255));
        }
        Throwable thrown = catchThrowable(() -> ImageDecoder.decode(PLACE, bytes));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(BadDataException.class);
        }
    }

    private static void refuses(byte[] bytes, String message) {
        assertThatThrownBy(() -> ImageDecoder.decode(PLACE, bytes))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith("cat/1.png: ")
                .hasMessageContaining(message);
    }

    /** Where the marker of a JPEG's frame is. */
    private static int frame(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xC0) {
            at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
        }
        return at;
    }

    private static byte[] png(int width, int height, int depth, int color, byte[] rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(PNG, PngHeader.signatureBytes()));
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) color)
                        .array());
        byte[] compressed = new byte[1000];
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        chunk(out, "IDAT", Arrays.copyOf(compressed, deflater.deflate(compressed)));
        deflater.end();
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 sum = new CRC32();
        sum.update(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
