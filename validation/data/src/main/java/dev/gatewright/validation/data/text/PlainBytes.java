// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

import dev.gatewright.validation.data.format.OpenFile;
import java.nio.ByteBuffer;

/** The bytes as they stand in the file. */
final class PlainBytes implements TextBytes {
    private final OpenFile file;
    private long offset;

    PlainBytes(OpenFile file) {
        this.file = file;
    }

    @Override
    public int read(byte[] into, int from, int to) {
        int count = (int) Math.min(to - from, file.size() - offset);
        file.read(offset, ByteBuffer.wrap(into, from, count));
        offset += count;
        return count;
    }

    @Override
    public long taken() {
        return offset;
    }

    @Override
    public void close() {
        // The file is closed by who opened it.
    }
}
