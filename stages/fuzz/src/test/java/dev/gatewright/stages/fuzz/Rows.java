// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.images.ImageOptions;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads data files as an evaluation does. */
final class Rows {
    private static final Field.Matrix X =
            new Field.Matrix("x", ElementType.FLOAT32, List.of("x*"), Field.Missing.NAN, Field.Matrix.ANY_WIDTH);
    private static final Field.ClassLabel LABEL = new Field.ClassLabel("y", List.of("0", "1"), Field.Spelling.NAME);
    private static final Field.Category SLICE = new Field.Category("w");
    private static final List<List<Field>> SELECTIONS = List.of(List.of(X), List.of(X, LABEL, SLICE));
    private static final Field.Matrix IMAGE = new Field.Matrix("x", ElementType.FLOAT32, List.of("image"));
    private static final ByteBuffer USUAL = direct(1 << 16);
    private static final int CAPACITY = 3;
    private static final long MOST_ROWS = 10_000;

    private Rows() {}

    /** Reads the rows, or lets them be refused as is documented. */
    static void readOrRefuse(Path path) {
        readOrRefuse(path, null, SELECTIONS);
    }

    /** The same for a folder of images. */
    static void readOrRefuse(Path folder, ImageOptions images) {
        readOrRefuse(folder, images, List.of(List.of(IMAGE)));
    }

    private static void readOrRefuse(Path path, @Nullable ImageOptions images, List<List<Field>> selections) {
        try (DataFile file = DataFile.open(path, images)) {
            for (List<Field> fields : selections) {
                SelectionResult result = file.select(fields);
                if (result instanceof Selection selection) {
                    read(selection);
                } else {
                    check(((Problems) result).list().get(0).sentence(), path);
                }
            }
        } catch (BadDataException e) {
            check(e.getMessage(), path);
        }
    }

    private static void read(Selection selection) {
        RowBlock block = selection.newBlock(CAPACITY, (matrix, bytes) -> memory(bytes));
        try (RowReader reader = selection.open()) {
            long rows = 0;
            while (rows < MOST_ROWS && reader.read(block) > 0) {
                rows += block.rows();
            }
        }
    }

    private static ByteBuffer memory(int bytes) {
        return bytes <= USUAL.capacity() ? USUAL : direct(bytes);
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static void check(String sentence, Path path) {
        Sentences.checkSeen(sentence);
        if (!sentence.contains(path.toString())) {
            throw new AssertionError("names no file: " + sentence);
        }
    }
}
