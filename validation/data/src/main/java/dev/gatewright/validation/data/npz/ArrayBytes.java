// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import java.nio.ByteBuffer;

/** The bytes of an {@code .npy}, from its begin to its end. For one thread. */
interface ArrayBytes extends AutoCloseable {
    /** The bytes not yet given. */
    long left();

    /** Fills {@code into} from its position to its limit, which must not be more than is {@link #left()}. */
    void read(ByteBuffer into);

    @Override
    void close();

    /** Where they are to be had any number of times. */
    interface Source {
        /** The bytes from the first one on. */
        ArrayBytes open();
    }
}
