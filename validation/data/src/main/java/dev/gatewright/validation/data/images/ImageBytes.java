// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;

/** The bytes of an image file, big-endian numbers in them, and how it is refused. */
final class ImageBytes {
    /** The most pixels of an image: those of 32 megapixels. Whoever asks for more is refused before room is made. */
    static final int MOST_PIXELS = 1 << 25;

    private static final String AGAIN = "save the image again";

    private final Place place;
    private final String kind;
    private final byte[] bytes;

    /** The file at {@code place}, which messages call a {@code kind} image. */
    ImageBytes(Place place, String kind, byte[] bytes) {
        this.place = place;
        this.kind = kind;
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    /** The byte at {@code at}. */
    int at(int at) {
        if (at >= bytes.length) {
            throw truncated();
        }
        return bytes[at] & 0xFF;
    }

    /** The two bytes at {@code at}. */
    int twoAt(int at) {
        return (at(at) << 8) | at(at + 1);
    }

    /** The four bytes at {@code at}, as an unsigned number. */
    long fourAt(int at) {
        return ((long) twoAt(at) << 16) | twoAt(at + 2);
    }

    /** Refuses a size that no image has, or that would need too much memory. */
    void checkSize(long width, long height) {
        if (width < 1 || height < 1) {
            throw refused("an image of " + width + " x " + height + " pixels", "at least one pixel");
        }
        if (width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_PIXELS) {
            throw new BadDataException(
                    place,
                    "an image of " + width + " x " + height + " pixels",
                    "at most " + MOST_PIXELS,
                    "make it smaller");
        }
    }

    BadDataException truncated() {
        return refused("the end of the file after " + bytes.length + " bytes", "a whole " + kind + " image");
    }

    BadDataException refused(String found, String expected) {
        return new BadDataException(place, found, expected, AGAIN);
    }

    /** A refusal of something that is right in itself, with what to do about it. */
    BadDataException unsupported(String found, String expected, String nextStep) {
        return new BadDataException(place, found, expected, nextStep);
    }
}
