// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** A message that is being written. */
public final class Outgoing {
    private static final int HEAD = 5;

    private byte[] bytes = new byte[256];
    private int size = HEAD;

    /** An empty message. */
    public Outgoing(byte kind) {
        bytes[HEAD - 1] = kind;
    }

    /** Appends a number. */
    public Outgoing number(int value) {
        reserve(Integer.BYTES);
        set(size, value);
        size += Integer.BYTES;
        return this;
    }

    /** Appends a long number. */
    public Outgoing longNumber(long value) {
        return number((int) (value >>> 32)).number((int) value);
    }

    /** Appends text. */
    public Outgoing text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    /** Appends texts with their number. */
    public Outgoing texts(Collection<String> values) {
        number(values.size());
        for (String value : values) {
            text(value);
        }
        return this;
    }

    /** The bytes so far. */
    public int size() {
        return size;
    }

    /** Writes the message in its frame. */
    public void sendTo(OutputStream out) throws IOException {
        set(0, size - Integer.BYTES);
        out.write(bytes, 0, size);
        out.flush();
    }

    private void set(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }
}
