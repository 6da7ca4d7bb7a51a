// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes TensorBoard's event files, also such as TensorBoard would not write. */
final class EventFiles {
    private EventFiles() {}

    /** A record with the checksums that it should have. */
    static byte[] record(byte[] data) {
        ByteBuffer length =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
        return ByteBuffer.allocate(data.length + 16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length.array())
                .putInt(masked(length.array()))
                .put(data)
                .putInt(masked(data))
                .array();
    }

    /** An event with one number. */
    static byte[] scalar(String tag, float value) {
        ByteBuffer simple =
                ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
        byte[] summaryValue = concat(
                field(1, tag.getBytes(StandardCharsets.UTF_8)), new byte[] {(byte) ((2 << 3) | 5)}, simple.array());
        return record(field(5, field(1, summaryValue)));
    }

    /** A field of a message or a text, shorter than 16 KiB. */
    static byte[] field(int number, byte[] content) {
        byte[] length = content.length < 128
                ? new byte[] {(byte) content.length}
                : new byte[] {(byte) ((content.length & 0x7F) | 0x80), (byte) (content.length >> 7)};
        return concat(new byte[] {(byte) ((number << 3) | 2)}, length, content);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static int masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int sum = (int) crc.getValue();
        return ((sum >>> 15) | (sum << 17)) + 0xA282EAD8;
    }
}
