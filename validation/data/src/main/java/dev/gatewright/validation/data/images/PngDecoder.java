// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PNG images (ISO/IEC 15948) to what Pillow's {@code convert("RGB")} gives: transparency is left out, of 16 bits the
 * upper 8 are taken, gamma and colour profiles are not applied.
 */
final class PngDecoder implements AutoCloseable {
    private static final int CHUNK_FRAME = 12; // length, type, check sum

    /** Adam7: of each pass the first column, the first row, and the steps between columns and rows. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private final ImageBytes file;
    private final PngHeader header;
    private final Pixels pixels;
    private final Inflater inflater = new Inflater();
    private byte @Nullable [] palette;
    private int nextChunk = PngHeader.signatureBytes();
    private byte[] row = {};
    private byte[] above = {};

    private PngDecoder(ImageBytes file) {
        this.file = file;
        this.header = PngHeader.read(file);
        this.pixels = new Pixels(header.width(), header.height(), header.channels());
    }

    static Pixels decode(ImageBytes file) {
        try (PngDecoder decoder = new PngDecoder(file)) {
            decoder.decode();
            return decoder.pixels;
        }
    }

    private void decode() {
        if (!nextData()) {
            throw file.refused("no pixels", "a chunk IDAT");
        }
        if (header.color() == PngHeader.PALETTE && palette == null) {
            throw file.refused("no palette before the pixels", "a chunk PLTE");
        }
        if (!header.interlaced()) {
            pass(0, 0, 1, 1);
        } else {
            for (int[] pass : PASSES) {
                pass(pass[0], pass[1], pass[2], pass[3]);
            }
        }
        // What follows holds no pixels, but a file that was cut there is not the one that was meant.
        boolean more = true;
        while (more) {
            more = nextData();
        }
    }

    /** Goes to the next chunk of pixels; false at the end of the image. */
    private boolean nextData() {
        while (true) {
            int at = nextChunk;
            long length = file.fourAt(at);
            if (length > file.size() - CHUNK_FRAME - at) {
                throw file.truncated();
            }
            int bytes = (int) length;
            CRC32 sum = new CRC32();
            sum.update(file.bytes(), at + 4, bytes + 4);
            if (sum.getValue() != file.fourAt(at + 8 + bytes)) {
                throw file.refused("a chunk at byte " + at + " with a wrong check sum", "an undamaged PNG image");
            }
            nextChunk = at + CHUNK_FRAME + bytes;
            long type = file.fourAt(at + 4);
            if (type == type("IEND")) {
                return false;
            }
            if (type == type("PLTE")) {
                palette = palette(at + 8, bytes);
            }
            if (type == type("IDAT")) {
                inflater.setInput(file.bytes(), at + 8, bytes);
                return true;
            }
        }
    }

    private byte[] palette(int at, int bytes) {
        if (bytes == 0 || bytes % 3 != 0 || bytes > 3 * 256) {
            throw file.refused("a palette of " + bytes + " bytes", "3 bytes for each of at most 256 colours");
        }
        byte[] colours = new byte[bytes];
        System.arraycopy(file.bytes(), at, colours, 0, bytes);
        return colours;
    }

    private void pass(int firstColumn, int firstRow, int columnStep, int rowStep) {
        int width = (header.width() - firstColumn + columnStep - 1) / columnStep;
        if (width <= 0) {
            return;
        }
        row = new byte[1 + header.rowBytes(width)];
        above = new byte[row.length];
        for (int y = firstRow; y < header.height(); y += rowStep) {
            inflate();
            PngFilter.undo(file, row, above, header.filterBytes());
            put(y, firstColumn, columnStep, width);
            byte[] done = row;
            row = above;
            above = done;
        }
    }

    private void inflate() {
        int done = 0;
        try {
            while (done < row.length) {
                int count = inflater.inflate(row, done, row.length - done);
                done += count;
                if (count == 0 && (inflater.finished() || inflater.needsDictionary() || !nextData())) {
                    throw file.refused(
                            "too few pixels", header.width() + " x " + header.height() + ", as its header says");
                }
            }
        } catch (DataFormatException e) {
            throw file.refused("compressed pixels that are damaged", "a deflate stream");
        }
    }

    private void put(int y, int firstColumn, int columnStep, int count) {
        byte[] samples = pixels.samples();
        int channels = pixels.channels();
        for (int i = 0; i < count; i++) {
            int to = (y * header.width() + firstColumn + i * columnStep) * channels;
            if (header.color() == PngHeader.PALETTE) {
                colour(sample(i), samples, to);
            } else if (header.depth() < 8) {
                samples[to] = (byte) (sample(i) * 255 / ((1 << header.depth()) - 1));
            } else {
                int bytes = header.depth() / 8;
                for (int channel = 0; channel < channels; channel++) {
                    samples[to + channel] = row[1 + (i * header.samples() + channel) * bytes];
                }
            }
        }
    }

    /** The sample of at most 8 bits at position {@code i} of the row. */
    private int sample(int i) {
        int perByte = 8 / header.depth();
        int shift = 8 - header.depth() * (i % perByte + 1);
        return ((row[1 + i / perByte] & 0xFF) >> shift) & ((1 << header.depth()) - 1);
    }

    private void colour(int index, byte[] samples, int to) {
        if (palette == null || 3 * index >= palette.length) {
            throw file.refused("a pixel of colour " + index, "one of the palette");
        }
        System.arraycopy(palette, 3 * index, samples, to, 3);
    }

    /** A chunk's type as a number. */
    static long type(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
