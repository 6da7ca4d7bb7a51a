// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.onnx.run.Slot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rows that are read straight into a slot, from which the model takes them. */
final class SlotRows {
    private SlotRows() {}

    /** A block of {@code rows} rows, at most the slot's capacity; its features lie in the slot, all else beside it. */
    static RowBlock block(Selection selection, int rows, RowFields fields, Slot slot) {
        return selection.newBlock(rows, (matrix, bytes) -> {
            int input = fields.features().indexOf(matrix);
            ByteBuffer memory = input < 0
                    ? ByteBuffer.allocateDirect(bytes)
                    : slot.input(input).slice(0, bytes);
            return memory.order(ByteOrder.nativeOrder());
        });
    }

    /** Texts do not lie in shared memory: they are handed to the slot. */
    static void fillStrings(RowFields fields, RowBlock block, Slot slot) {
        for (int i = 0; i < fields.features().size(); i++) {
            Field.Matrix matrix = fields.features().get(i);
            if (matrix.type() == ElementType.STRING) {
                String[] texts = block.texts(matrix);
                for (int element = 0; element < block.rows() * block.width(matrix); element++) {
                    slot.strings(i).set(element, texts[element]);
                }
            }
        }
    }
}
