// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import dev.gatewright.validation.data.rows.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes rows of numbers as {@code .npy}, version 1.0 of numpy's format (NEP 1). How many there are is known at the end, so
 * the header has a fixed size and is written last: a file that was not closed is none that numpy opens.
 */
final class NpyWriter implements AutoCloseable {
    private static final int HEADER = 256;

    private final FileChannel channel;
    private final ElementType type;
    private final List<Integer> rowShape;
    private long rows;

    NpyWriter(Path file, ElementType type, List<Integer> rowShape) throws IOException {
        this.type = type;
        this.rowShape = rowShape;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.position(HEADER);
    }

    /** Adds rows: {@code numbers} from its begin on, in native byte order. */
    void add(ByteBuffer numbers, int count) throws IOException {
        int width = type.bytes();
        for (int axis : rowShape) {
            width = Math.multiplyExact(width, axis);
        }
        ByteBuffer bytes = numbers.duplicate();
        bytes.position(0).limit(Math.multiplyExact(width, count));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        rows += count;
    }

    /** Writes the header. */
    void finish() throws IOException {
        StringBuilder shape = new StringBuilder().append(rows).append(',');
        for (int axis : rowShape) {
            shape.append(axis).append(',');
        }
        String header = "{'descr': '" + descr() + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
        bytes.putShort((short) (HEADER - bytes.position() - Short.BYTES));
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        while (bytes.remaining() > 1) {
            bytes.put((byte) ' ');
        }
        bytes.put((byte) '\n').flip();
        channel.position(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private String descr() {
        String order = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
        String code = switch (type) {
            case FLOAT16 -> "f2";
            case FLOAT32 -> "f4";
            case FLOAT64 -> "f8";
            case INT8 -> "i1";
            case INT16 -> "i2";
            case INT32 -> "i4";
            case INT64 -> "i8";
            case UINT8 -> "u1";
            case UINT16 -> "u2";
            case UINT32 -> "u4";
            case UINT64 -> "u8";
            case BOOL -> "b1";
            case STRING -> throw new IllegalArgumentException("texts are not written as numbers");
        };
        return (type.bytes() == 1 ? "|" : order) + code;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
