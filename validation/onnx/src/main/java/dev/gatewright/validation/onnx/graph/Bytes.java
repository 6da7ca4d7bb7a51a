// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that can be read by position: a stretch of a file, or an array. */
public interface Bytes extends Content {
    /** What a copy holds in memory at a time. */
    int TILE = 1 << 20;

    /** Fills the rest of {@code into} with the bytes from {@code position} on, which must all be there. */
    void read(long position, ByteBuffer into) throws IOException;

    @Override
    default void writeTo(Sink out) throws IOException {
        ByteBuffer tile = ByteBuffer.allocateDirect((int) Math.min(TILE, size()));
        for (long position = 0; position < size(); position += tile.limit()) {
            tile.clear().limit((int) Math.min(tile.capacity(), size() - position));
            read(position, tile);
            out.write(tile.flip());
        }
    }

    /** All of them in an array. */
    default byte[] toArray() throws IOException {
        byte[] all = new byte[Math.toIntExact(size())];
        read(0, ByteBuffer.wrap(all));
        return all;
    }

    /** The bytes of {@code array}, which nobody may change any more. */
    static Bytes of(byte[] array) {
        return new HeldBytes(array);
    }
}
