// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A file's rows, read into the memory that a model's input is run on: batches of 64 after each other. */
final class RowsToTensor implements Callable<Figures> {
    private static final int BATCH = 64;

    private final Path file;

    RowsToTensor(Path file) {
        this.file = file;
    }

    @Override
    public Figures call() throws IOException {
        String name = file.toString();
        Field.Matrix input = new Field.Matrix("x", ElementType.FLOAT32, List.of(name.endsWith(".npz") ? "x" : "x_*"));
        List<Figures.Found> found = new ArrayList<>();
        long rows = 0;
        try (DataFile data = DataFile.open(file)) {
            SelectionResult result = data.select(List.of(input));
            if (result instanceof Problems problems) {
                throw new IOException(problems.toString());
            }
            Selection selection = (Selection) result;
            RowBlock block = selection.newBlock(
                    BATCH, (matrix, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
            ByteBuffer numbers = block.memory(input);
            try (RowReader reader = selection.open()) {
                for (int read = reader.read(block); read > 0; read = reader.read(block)) {
                    if (rows == 0) {
                        found.add(new Figures.Found("first", numbers.getFloat(0), Double.NaN, Double.NaN, false));
                    }
                    rows += read;
                }
            }
        }
        return new Figures(rows, "", found);
    }
}
