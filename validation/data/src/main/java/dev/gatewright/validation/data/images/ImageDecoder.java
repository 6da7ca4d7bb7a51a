// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.images.ImageOptions.Size;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;
import java.util.Locale;

/** Decodes images of the formats that there are, known by their first bytes: a name may belie them, as in ImageNet. */
final class ImageDecoder {
    private ImageDecoder() {}

    /** Whether a file of this name is to be taken for an image. */
    static boolean isNamedSo(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.endsWith(".png") || lowerCase.endsWith(".jpg") || lowerCase.endsWith(".jpeg");
    }

    /** The size that an image says it has; its pixels are not looked at. */
    static Size size(Place place, byte[] bytes) {
        if (PngHeader.isPng(bytes)) {
            PngHeader header = PngHeader.read(new ImageBytes(place, "PNG", bytes));
            return new Size(header.height(), header.width());
        }
        JpegFrame frame = JpegDecoder.frame(jpeg(place, bytes));
        return new Size(frame.height(), frame.width());
    }

    /** The image. */
    static Pixels decode(Place place, byte[] bytes) {
        return PngHeader.isPng(bytes)
                ? PngDecoder.decode(new ImageBytes(place, "PNG", bytes))
                : JpegDecoder.decode(jpeg(place, bytes));
    }

    private static ImageBytes jpeg(Place place, byte[] bytes) {
        if (!JpegDecoder.isJpeg(bytes)) {
            throw new BadDataException(
                    place,
                    bytes.length == 0 ? "an empty file" : "a file of another kind",
                    "a PNG or JPEG image",
                    "convert it to one, or take it out");
        }
        return new ImageBytes(place, "JPEG", bytes);
    }
}
