// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

/** A Huffman table of a JPEG image: most codes are found by one look at the next bits. */
final class JpegHuffman {
    static final int LONGEST = 16;

    private static final int LOOK = 9;

    private final int[] firstCode = new int[LONGEST + 2]; // of each length
    private final int[] firstSymbol = new int[LONGEST + 2];
    private final int[] count = new int[LONGEST + 1];
    private final byte[] symbols;
    private final short[] look = new short[1 << LOOK]; // length << 8 | symbol; 0 where the code is longer

    /** The table whose 16 counts begin at {@code at}. */
    JpegHuffman(ImageBytes file, int at) {
        int total = 0;
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            count[length] = file.at(at + length - 1);
            firstCode[length] = code;
            firstSymbol[length] = total;
            code += count[length];
            total += count[length];
            if (code > 1 << length) {
                throw file.refused("a Huffman table with too many codes", "one that a decoder can follow");
            }
            code <<= 1;
        }
        if (total > 256) {
            throw file.refused("a Huffman table of " + total + " symbols", "at most 256");
        }
        symbols = new byte[total];
        for (int i = 0; i < total; i++) {
            symbols[i] = (byte) file.at(at + LONGEST + i);
        }
        for (int length = 1; length <= LOOK; length++) {
            for (int i = 0; i < count[length]; i++) {
                int from = (firstCode[length] + i) << (LOOK - length);
                int entry = (length << 8) | (symbols[firstSymbol[length] + i] & 0xFF);
                for (int j = 0; j < 1 << (LOOK - length); j++) {
                    look[from + j] = (short) entry;
                }
            }
        }
    }

    /** The bytes of the table in the file. */
    int bytes() {
        return LONGEST + symbols.length;
    }

    /** The next symbol. */
    int next(JpegBits bits) {
        int next = bits.peek(LONGEST);
        int entry = look[next >> (LONGEST - LOOK)];
        if (entry != 0) {
            bits.skip(entry >> 8);
            return entry & 0xFF;
        }
        for (int length = LOOK + 1; length <= LONGEST; length++) {
            int position = (next >> (LONGEST - length)) - firstCode[length];
            if (position >= 0 && position < count[length]) {
                bits.skip(length);
                return symbols[firstSymbol[length] + position] & 0xFF;
            }
        }
        throw bits.damaged();
    }
}
