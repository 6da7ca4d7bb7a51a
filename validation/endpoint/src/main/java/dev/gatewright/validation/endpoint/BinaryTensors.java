// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors as the binary extension of version 2 has them: elements in row-major order, little-endian; a text as its length in four
 * bytes and its bytes.
 */
final class BinaryTensors {
    private BinaryTensors() {}

    static byte[] encode(TensorType type, List<Elements> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Elements row : rows) {
            if (row instanceof Elements.Texts texts) {
                for (String text : texts.values()) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    byte[] length = new byte[Integer.BYTES];
                    little(length).putInt(bytes.length);
                    out.writeBytes(length);
                    out.writeBytes(bytes);
                }
                continue;
            }
            byte[] bytes = new byte[row.size() * type.datatype().bytes()];
            ByteBuffer buffer = little(bytes);
            for (int i = 0; i < row.size(); i++) {
                if (row instanceof Elements.Wholes wholes) {
                    putWhole(type.datatype(), wholes.at(i), buffer);
                } else {
                    putReal(type.datatype(), ((Elements.Reals) row).at(i), buffer);
                }
            }
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void putWhole(Datatype type, long value, ByteBuffer buffer) {
        switch (type.bytes()) {
            case 1 -> buffer.put((byte) value);
            case 2 -> buffer.putShort((short) value);
            case 4 -> buffer.putInt((int) value);
            default -> buffer.putLong(value);
        }
    }

    private static void putReal(Datatype type, double value, ByteBuffer buffer) {
        switch (type) {
            case FP64 -> buffer.putDouble(value);
            case FP32 -> buffer.putFloat((float) value);
            case FP16 -> buffer.putShort(ShortFloats.toHalf((float) value));
            default -> buffer.putShort(ShortFloats.toBrain((float) value));
        }
    }

    /** @throws BadAnswerException if the bytes are not those of that many rows */
    static List<Elements> decode(TensorType type, int rows, byte[] body, int offset, int size)
            throws BadAnswerException {
        ByteBuffer buffer = ByteBuffer.wrap(body, offset, size).order(ByteOrder.LITTLE_ENDIAN);
        int bytes = type.datatype().bytes();
        if (bytes > 0 && size != (long) rows * type.rowSize() * bytes) {
            throw new BadAnswerException(
                    "has " + size + " bytes of output '" + Plain.of(type.name(), 60) + "'; expected "
                            + (long) rows * type.rowSize() * bytes,
                    null);
        }
        List<Elements> decoded = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            decoded.add(row(type, buffer));
        }
        if (buffer.hasRemaining()) {
            throw new BadAnswerException(
                    "has bytes behind the end of output '" + Plain.of(type.name(), 60) + "'", null);
        }
        return decoded;
    }

    private static Elements row(TensorType type, ByteBuffer buffer) throws BadAnswerException {
        int size = type.rowSize();
        switch (type.datatype().kind()) {
            case REAL -> {
                double[] reals = new double[size];
                for (int i = 0; i < size; i++) {
                    reals[i] = switch (type.datatype()) {
                        case FP64 -> buffer.getDouble();
                        case FP32 -> buffer.getFloat();
                        case FP16 -> ShortFloats.ofHalf(buffer.getShort());
                        default -> ShortFloats.ofBrain(buffer.getShort());
                    };
                }
                return new Elements.Reals(reals);
            }
            case WHOLE -> {
                long[] wholes = new long[size];
                for (int i = 0; i < size; i++) {
                    wholes[i] = whole(type.datatype(), buffer);
                }
                return new Elements.Wholes(wholes);
            }
            default -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    texts.add(text(type, buffer));
                }
                return new Elements.Texts(texts);
            }
        }
    }

    private static long whole(Datatype type, ByteBuffer buffer) {
        return switch (type) {
            case BOOL -> buffer.get() == 0 ? 0 : 1;
            case UINT8 -> Byte.toUnsignedLong(buffer.get());
            case INT8 -> buffer.get();
            case UINT16 -> Short.toUnsignedLong(buffer.getShort());
            case INT16 -> buffer.getShort();
            case UINT32 -> Integer.toUnsignedLong(buffer.getInt());
            case INT32 -> buffer.getInt();
            default -> buffer.getLong();
        };
    }

    private static String text(TensorType type, ByteBuffer buffer) throws BadAnswerException {
        int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new BadAnswerException("ends inside output '" + Plain.of(type.name(), 60) + "'", null);
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
