// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.List;

/** Reads the rows of a {@link CellSource} into blocks. */
public final class CellReader implements RowReader {
    private final CellSource source;
    private final CellTaker[] takers;
    private long rows;

    /** A reader of the fields of {@code bindings}. */
    public CellReader(CellSource source, List<Binding> bindings, Limits limits) {
        this.source = source;
        this.takers = new CellTaker[bindings.size()];
        for (int i = 0; i < takers.length; i++) {
            takers[i] = CellTaker.of(bindings.get(i), source, limits);
        }
    }

    @Override
    public int read(RowBlock block) {
        for (CellTaker taker : takers) {
            taker.begin(block);
        }
        CellRow row = source.row();
        int count = 0;
        while (count < block.capacity() && source.next()) {
            for (CellTaker taker : takers) {
                taker.take(row, count);
            }
            count++;
        }
        block.filled(rows + 1, count);
        rows += count;
        return count;
    }

    @Override
    public List<String> categories(Field.Category category) {
        for (CellTaker taker : takers) {
            if (taker instanceof CategoryCells cells && cells.takes(category)) {
                return cells.texts();
            }
        }
        throw new IllegalArgumentException("column '" + category.column() + "' was not selected as a category");
    }

    @Override
    public void close() {
        source.close();
    }
}
