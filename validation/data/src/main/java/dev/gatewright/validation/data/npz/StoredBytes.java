// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.OpenFile;
import java.nio.ByteBuffer;

/** The bytes of an {@code .npy} that is a file of its own. */
final class StoredBytes implements ArrayBytes {
    private final OpenFile file;
    private final boolean closesFile;
    private long next;

    /** The bytes of {@code file}, which is closed with them if {@code closesFile}. */
    StoredBytes(OpenFile file, boolean closesFile) {
        this.file = file;
        this.closesFile = closesFile;
    }

    @Override
    public long left() {
        return file.size() - next;
    }

    @Override
    public void read(ByteBuffer into) {
        int count = into.remaining();
        file.read(next, into);
        next += count;
    }

    @Override
    public void close() {
        if (closesFile) {
            file.close();
        }
    }
}
