// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.rows.BadDataException;

/** The bits of a scan, up to its next marker. */
final class JpegBits {
    private final ImageBytes file;
    private int at;
    private long bits; // the next ones, from the lowest `count` bits' top on
    private int count;
    private int missing; // of those, the ones that the scan does not have

    JpegBits(ImageBytes file, int at) {
        this.file = file;
        this.at = at;
    }

    /** The next {@code length} bits, at most 16, without taking them; zeros where the scan is over. */
    int peek(int length) {
        while (count < length) {
            fill();
        }
        return (int) (bits >>> (count - length)) & ((1 << length) - 1);
    }

    /** Takes {@code length} bits that were peeked. */
    void skip(int length) {
        count -= length;
        if (count < missing) {
            throw at >= file.size() ? file.truncated() : damaged();
        }
    }

    /** Takes the next {@code length} bits, at most 16, as a number. */
    int take(int length) {
        if (length == 0) {
            return 0;
        }
        int value = peek(length);
        skip(length);
        return value;
    }

    /** Takes a number of {@code length} bits in JPEG's spelling of signed numbers. */
    int takeSigned(int length) {
        int value = take(length);
        return length > 0 && value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
    }

    private void fill() {
        int next = 0;
        if (at >= file.size()) {
            missing += 8;
        } else if (file.at(at) != 0xFF) {
            next = file.at(at++);
        } else if (at + 1 < file.size() && file.at(at + 1) == 0) {
            next = 0xFF;
            at += 2;
        } else {
            missing += 8; // a marker, or the end
        }
        bits = (bits << 8) | next;
        count += 8;
    }

    /** Drops what is left of the last byte and takes the restart marker {@code number}, 0 to 7. */
    void restart(int number) {
        int position = marker();
        if (position + 1 >= file.size()) {
            throw file.truncated();
        }
        if (file.at(position + 1) != 0xD0 + number) {
            throw damaged();
        }
        at = position + 2;
        bits = 0;
        count = 0;
        missing = 0;
    }

    /** Where the next marker is; the end of the file where there is none. */
    int marker() {
        int position = at;
        while (position + 1 < file.size()
                && (file.at(position) != 0xFF || file.at(position + 1) == 0 || file.at(position + 1) == 0xFF)) {
            position++;
        }
        return position + 1 < file.size() ? position : file.size();
    }

    BadDataException damaged() {
        return file.refused("pixels that are damaged near byte " + at, "an undamaged JPEG image");
    }
}
