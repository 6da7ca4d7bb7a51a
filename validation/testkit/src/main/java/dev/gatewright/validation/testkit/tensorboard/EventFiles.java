// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.testkit.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes TensorBoard's event files, also such as TensorBoard would not write. */
public final class EventFiles {
    private EventFiles() {}

    /** A record with the checksums that it should have. */
    public static byte[] record(byte[] data) {
        byte[] checksum = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked(data))
                .array();
        return concat(header(data.length), data, checksum);
    }

    /** What stands before a record of {@code length} bytes. */
    public static byte[] header(long length) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length);
        return bytes.putInt(masked(Arrays.copyOf(bytes.array(), Long.BYTES))).array();
    }

    /** An event with one number. */
    public static byte[] scalar(String tag, float value) {
        ByteBuffer simple =
                ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
        byte[] summaryValue = concat(
                field(1, tag.getBytes(StandardCharsets.UTF_8)), new byte[] {(byte) ((2 << 3) | 5)}, simple.array());
        return record(field(5, field(1, summaryValue)));
    }

    /** A field of a message or a text, shorter than 16 KiB. */
    public static byte[] field(int number, byte[] content) {
        byte[] length = content.length < 128
                ? new byte[] {(byte) content.length}
                : new byte[] {(byte) ((content.length & 0x7F) | 0x80), (byte) (content.length >> 7)};
        return concat(new byte[] {(byte) ((number << 3) | 2)}, length, content);
    }

    public static byte[] concat(byte[]... parts) {
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
