// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an {@code .npy} says of its array before the elements come; the layout is that of numpy's NEP 1, versions 1 to 3.
 *
 * @param descr numpy's code for the type, such as {@code <f4}; empty of a structured array
 * @param fortranOrder whether the first axis varies fastest
 * @param shape the lengths of the axes
 */
record NpyHeader(String descr, boolean fortranOrder, List<Long> shape) {
    private static final String MAGIC = "\u0093NUMPY";
    private static final int LONGEST = 0xFFFF;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** Reads the header with which {@code bytes} begin; their elements are left. */
    static NpyHeader read(ArrayBytes bytes, Place place) {
        String begin = text(take(bytes, MAGIC.length() + 2, place));
        int version = begin.charAt(MAGIC.length());
        if (!begin.startsWith(MAGIC) || version < 1 || version > 3) {
            throw new BadDataException(place, "no header of an .npy", "one of version 1, 2 or 3");
        }
        ByteBuffer size = numbers(take(bytes, version == 1 ? Short.BYTES : Integer.BYTES, place));
        long length = version == 1 ? size.getShort(0) & 0xFFFF : size.getInt(0) & 0xFFFF_FFFFL;
        if (length > LONGEST) {
            throw new BadDataException(place, "a header of " + length + " bytes", "at most " + LONGEST);
        }
        String header = text(take(bytes, (int) length, place));
        try {
            return new NpyHeaderParser(header).parse();
        } catch (IllegalArgumentException e) {
            throw new BadDataException(place, "the header " + Quote.of(header), "one that numpy writes");
        }
    }

    private static byte[] take(ArrayBytes bytes, int count, Place place) {
        if (bytes.left() < count) {
            throw new BadDataException(place, "the begin of an .npy only", "a whole one");
        }
        byte[] taken = new byte[count];
        bytes.read(ByteBuffer.wrap(taken));
        return taken;
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
