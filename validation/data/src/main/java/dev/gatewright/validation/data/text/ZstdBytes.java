// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.data.rows.Place;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The contents of all frames of a zstd file, of windows of up to 8 MiB, as every level up to 19 writes them. */
final class ZstdBytes implements TextBytes {
    private final OpenFile file;
    private final PlainBytes packed;
    private final ZstdInputStream stream;

    ZstdBytes(OpenFile file) {
        this.file = file;
        this.packed = new PlainBytes(file);
        this.stream = new ZstdInputStream(new Packed());
    }

    @Override
    public int read(byte[] into, int from, int to) {
        try {
            return stream.readNBytes(into, from, to - from);
        } catch (BadDataException | FileChangedException | UncheckedIOException e) {
            throw e; // the file's own
        } catch (IOException | RuntimeException e) {
            // The library's, which has many for what is no zstd.
            throw new BadDataException(
                    Place.of(file.path()),
                    "zstd data that are damaged, end too early, or want a window of more than 8 MiB",
                    "a whole file",
                    "copy or save it again, without --long and --ultra");
        }
    }

    @Override
    public long taken() {
        return packed.taken();
    }

    @Override
    public void close() {
        // Its memory is the heap's, and the file is closed by who opened it.
    }

    /** The file as the library wants it. */
    private final class Packed extends InputStream {
        @Override
        public int read() {
            byte[] one = new byte[1];
            return packed.read(one, 0, 1) == 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = packed.read(into, offset, offset + length);
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
