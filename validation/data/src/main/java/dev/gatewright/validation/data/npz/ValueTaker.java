// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;

/** What takes one field, or a part of a matrix, out of an array and puts it into a block. */
interface ValueTaker {
    /** Takes into {@code block} from now on. */
    void begin(RowBlock block);

    /**
     * Takes {@code count} elements.
     *
     * @param bytes where they are, in the array's byte order, the first one at {@code at}
     * @param first the position of the first one among all that go into this block, row by row
     */
    void take(ByteBuffer bytes, int at, long first, int count);
}
