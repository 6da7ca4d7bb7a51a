// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.rows.RowBlock;

/** What takes one field, or a part of a matrix, out of a column and puts it into a block. */
interface Taker {
    /** Takes into {@code block} from now on. */
    void begin(RowBlock block);

    /** Takes the values in {@code batch}; {@code first} is the position of the first one among all of this block. */
    void take(Batch batch, int first);

    /** Takes {@code count} entries that are missing, the first of them at {@code first}. */
    void takeMissing(int first, int count);
}
