// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes in memory. */
final class HeldBytes implements Bytes {
    private final byte[] array;

    HeldBytes(byte[] array) {
        this.array = array;
    }

    byte[] array() {
        return array;
    }

    @Override
    public long size() {
        return array.length;
    }

    @Override
    public void read(long position, ByteBuffer into) {
        into.put(array, Math.toIntExact(position), into.remaining());
    }

    @Override
    public void writeTo(Sink out) throws IOException {
        out.write(ByteBuffer.wrap(array));
    }
}
