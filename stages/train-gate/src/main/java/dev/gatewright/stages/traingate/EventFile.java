// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The records of a TensorBoard event file: TFRecord's framing of a length, its checksum, that many bytes, their checksum.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">the format</a>
 */
final class EventFile implements AutoCloseable {
    /** The most bytes of one record: a graph or a picture may be large, a number is not. */
    static final int LARGEST_RECORD = 64 << 20;

    private static final int HEADER = Long.BYTES + Integer.BYTES;
    private static final int MASK_DELTA = 0xA282EAD8;

    private final Path file;
    private final InputStream in;
    private final boolean stillWritten;
    private long at;

    /** Opens {@code file}; a last record without its end is an error, unless it is {@code stillWritten}. */
    EventFile(Path file, boolean stillWritten) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        this.stillWritten = stillWritten;
    }

    /** The next record; null after the last. */
    byte @Nullable [] next() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            return end(header.length == 0);
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        long length = fields.getLong();
        if (fields.getInt() != checksum(header, Long.BYTES)) {
            throw new IOException("the record at byte " + at
                    + " has a length without its checksum: the file is damaged, or no event file");
        }
        if (length < 0 || length > LARGEST_RECORD) {
            throw new IOException("the record at byte " + at + " has more than " + (LARGEST_RECORD >> 20) + " MiB");
        }
        if (length > Files.size(file) - at - HEADER) {
            return end(false);
        }
        byte[] data = new byte[(int) length];
        int read = in.readNBytes(data, 0, data.length); // the other readNBytes takes twice the memory
        byte[] footer = in.readNBytes(Integer.BYTES);
        if (read < data.length || footer.length < Integer.BYTES) {
            return end(false);
        }
        if (ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).getInt() != checksum(data, data.length)) {
            throw new IOException("the record at byte " + at + " is not what its checksum says: the file is damaged");
        }
        at += HEADER + length + Integer.BYTES;
        return data;
    }

    /** Where the record starts that comes next. */
    long position() {
        return at;
    }

    private byte @Nullable [] end(boolean whole) throws IOException {
        if (!whole && !stillWritten) {
            throw new IOException("the record at byte " + at + " has no end: the training did not close its writer");
        }
        return null;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
