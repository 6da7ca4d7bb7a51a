// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.rows.Field;
import java.util.List;

/** Everything that is wrong with a selection, in the order of its fields. */
public record Problems(List<Problem> list) implements SelectionResult {
    public Problems {
        list = List.copyOf(list);
    }

    /**
     * One thing that is wrong.
     *
     * @param field the field that asked for it
     * @param sentence what is wrong, in which file, and what to write
     */
    public record Problem(Field field, String sentence) {}
}
