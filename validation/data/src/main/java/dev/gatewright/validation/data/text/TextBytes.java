// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

/** One pass over the bytes of a text, from its begin to its end. For one thread. */
public interface TextBytes extends AutoCloseable {
    /**
     * Fills {@code into} from {@code from} to before {@code to}.
     *
     * @return the number of bytes put there: less than there is room for only at the end
     * @throws dev.gatewright.validation.data.rows.BadDataException if they are compressed, and damaged or cut short
     */
    int read(byte[] into, int from, int to);

    /** How many bytes of the file itself were taken for what was read. */
    long taken();

    @Override
    void close();
}
