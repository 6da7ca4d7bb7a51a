// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.TensorType;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows of a tensor as a {@code .npy} file, which is how answers that were given somewhere else are judged. */
final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

    private NpyFile() {}

    static void write(TensorType type, List<Elements> rows, Path file) throws IOException {
        int characters = 1;
        for (Elements row : rows) {
            if (row instanceof Elements.Texts texts) {
                for (String text : texts.values()) {
                    characters = Math.max(characters, text.codePointCount(0, text.length()));
                }
            }
        }
        String shape = rows.size() + "," + (type.shape().isEmpty() ? "" : type.rowSize());
        String header =
                "{'descr': '" + descr(type, characters) + "', 'fortran_order': False, 'shape': (" + shape + ")}";
        int length = MAGIC.length + Short.BYTES + header.length() + 1;
        int padding = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
        try (OutputStream stream = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16))) {
            out.write(MAGIC);
            int counted = header.length() + padding + 1;
            out.write(counted & 0xff);
            out.write(counted >> 8);
            out.write((header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
            for (Elements row : rows) {
                out.write(bytes(row, type, characters));
            }
        }
    }

    /** Short floats are kept as floats, as a worker shares them. */
    private static String descr(TensorType type, int characters) {
        return switch (type.datatype()) {
            case BOOL -> "|b1";
            case UINT8 -> "|u1";
            case INT8 -> "|i1";
            case UINT16 -> "<u2";
            case UINT32 -> "<u4";
            case UINT64 -> "<u8";
            case INT16 -> "<i2";
            case INT32 -> "<i4";
            case INT64 -> "<i8";
            case FP64 -> "<f8";
            case FP16, BF16, FP32 -> "<f4";
            case BYTES -> "<U" + characters;
        };
    }

    private static byte[] bytes(Elements row, TensorType type, int characters) {
        if (row instanceof Elements.Texts texts) {
            byte[] bytes = new byte[texts.size() * characters * Integer.BYTES];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < texts.size(); i++) {
                buffer.position(i * characters * Integer.BYTES);
                texts.values().get(i).codePoints().forEach(buffer::putInt);
            }
            return bytes;
        }
        boolean isDouble = type.datatype().bytes() == Double.BYTES;
        int width = row instanceof Elements.Reals
                ? (isDouble ? Double.BYTES : Float.BYTES)
                : type.datatype().bytes();
        byte[] bytes = new byte[row.size() * width];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < row.size(); i++) {
            if (row instanceof Elements.Wholes wholes) {
                long value = wholes.at(i);
                for (int k = 0; k < width; k++) {
                    buffer.put((byte) (value >>> (8 * k)));
                }
            } else if (isDouble) {
                buffer.putDouble(((Elements.Reals) row).at(i));
            } else {
                buffer.putFloat((float) ((Elements.Reals) row).at(i));
            }
        }
        return bytes;
    }
}
