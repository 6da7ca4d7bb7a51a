// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** How pages are compressed. */
enum Compression {
    NONE {
        @Override
        int decompress(byte[] bytes, int length, byte[] into, int from, int to) {
            if (length != to - from) {
                return Snappy.BROKEN;
            }
            System.arraycopy(bytes, 0, into, from, length);
            return length;
        }
    },
    SNAPPY {
        @Override
        int decompress(byte[] bytes, int length, byte[] into, int from, int to) {
            return Snappy.decompress(bytes, length, into, from, to);
        }
    },
    GZIP {
        @Override
        int decompress(byte[] bytes, int length, byte[] into, int from, int to) {
            return inflate(bytes, length, into, from, to);
        }
    },
    LZ4 {
        @Override
        int decompress(byte[] bytes, int length, byte[] into, int from, int to) {
            return Lz4.decompress(bytes, length, into, from, to);
        }
    },
    ZSTD {
        @Override
        int decompress(byte[] bytes, int length, byte[] into, int from, int to) {
            try {
                return new ZstdDecompressor().decompress(bytes, 0, length, into, from, to - from);
            } catch (RuntimeException e) {
                return Snappy.BROKEN; // the library has many for what is no zstd
            }
        }
    };

    private static final int GZIP_WRAPPER = 18; // the bytes of a gzip header and trailer
    private static final int GZIP_HEADER = 10;

    /** The compression of the number that the format gives it; null if it is not read. */
    static @Nullable Compression of(int codec) {
        return switch (codec) {
            case 0 -> NONE;
            case 1 -> SNAPPY;
            case 2 -> GZIP;
            case 6 -> ZSTD;
            case 7 -> LZ4;
            default -> null;
        };
    }

    /**
     * Decompresses the first {@code length} of {@code bytes} into {@code into}, never beyond {@code to}.
     *
     * @return the bytes that came out, or something else if they are damaged or do not fit
     */
    abstract int decompress(byte[] bytes, int length, byte[] into, int from, int to);

    private static int inflate(byte[] bytes, int length, byte[] into, int from, int to) {
        // Members with a name or a comment, which no writer of pages makes, are not read.
        if (length < GZIP_WRAPPER || bytes[0] != 0x1F || bytes[1] != (byte) 0x8B || bytes[2] != 8 || bytes[3] != 0) {
            return Snappy.BROKEN;
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, GZIP_HEADER, length - GZIP_HEADER);
            int count = 0;
            while (count < to - from) {
                int some = inflater.inflate(into, from + count, to - from - count);
                if (some == 0) {
                    return Snappy.BROKEN;
                }
                count += some;
            }
            boolean ends = inflater.inflate(new byte[1]) == 0 && inflater.finished();
            return ends ? count : Snappy.BROKEN;
        } catch (DataFormatException e) {
            return Snappy.BROKEN;
        } finally {
            inflater.end();
        }
    }
}
