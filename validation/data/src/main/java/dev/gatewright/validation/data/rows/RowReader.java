// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.util.List;

/** One pass over the rows of a data file, in its order. For one thread. */
public interface RowReader extends AutoCloseable {
    /**
     * Fills {@code block}, from its first row on.
     *
     * @return the number of rows read: the block's capacity, less only at the end of the file, 0 when there are no more
     * @throws BadDataException if a row does not hold what the fields need; the block's contents are then undefined
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    int read(RowBlock block);

    /** The texts of {@code category} that were met so far, by their codes. */
    List<String> categories(Field.Category category);

    @Override
    void close();
}
