// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stretch of a file that is open. */
final class FileBytes implements Bytes {
    private final FileChannel file;
    private final long offset;
    private final long size;

    FileBytes(FileChannel file, long offset, long size) {
        this.file = file;
        this.offset = offset;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        if (position < 0 || into.remaining() > size - position) {
            throw new IndexOutOfBoundsException(into.remaining() + " bytes at " + position + " of " + size);
        }
        long at = offset + position;
        while (into.hasRemaining()) {
            int read = file.read(into, at);
            if (read < 0) {
                throw new EOFException("the file ended at byte " + at + " while it was read");
            }
            at += read;
        }
    }
}
