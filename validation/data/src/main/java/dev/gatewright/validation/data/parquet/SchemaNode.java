// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import java.util.List;

/**
 * A node of the tree of a file's columns, as the footer states it.
 *
 * @param name its name
 * @param physical how its values are stored; {@link #NONE} of a group
 * @param length the bytes of a value of fixed length
 * @param repetition {@link #REQUIRED}, {@link #OPTIONAL} or {@link #REPEATED}
 * @param converted what its values mean, in the older words; {@link #NONE} if not said
 * @param logical what they mean, in the newer words
 * @param firstLeaf the number of leaves before it
 * @param children the nodes below it, of a group
 */
record SchemaNode(
        String name,
        int physical,
        int length,
        int repetition,
        int converted,
        Logical logical,
        int firstLeaf,
        List<SchemaNode> children) {
    /** What stands for something that is not said. */
    static final int NONE = -1;

    static final int REQUIRED = 0;
    static final int OPTIONAL = 1;
    static final int REPEATED = 2;

    SchemaNode {
        children = List.copyOf(children);
    }

    /** Whether it has no values of its own. */
    boolean isGroup() {
        return physical == NONE;
    }

    /**
     * What the values of a column mean.
     *
     * @param kind the number of the format's union, {@link #NONE} if not said
     * @param bits of a whole number, how many bits it has
     * @param signed of a whole number, whether it may be negative
     */
    record Logical(int kind, int bits, boolean signed) {
        static final Logical UNSAID = new Logical(NONE, 0, true);
        static final int STRING = 1;
        static final int LIST = 3;
        static final int ENUM = 4;
        static final int INTEGER = 10;
        static final int JSON = 12;
        static final int FLOAT16 = 15;
    }
}
