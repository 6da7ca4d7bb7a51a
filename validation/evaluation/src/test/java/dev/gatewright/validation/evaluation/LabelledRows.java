// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Labelled rows of three numbers each, the largest of which says the class: what a model answers can be worked out by hand. */
record LabelledRows(List<Row> rows) {
    static final List<String> CLASSES = List.of("ant", "bee", "cat");

    /** A row; {@code x} in thousandths, so that a file and a float say the same. */
    record Row(int label, List<Integer> x, String writer) {
        /** The class of the largest number, the first of them on a tie. */
        int answer() {
            return largest(0);
        }

        /** The same after {@code favour} thousandths are added to the last class's number. */
        int largest(int favour) {
            int best = 0;
            for (int k = 1; k < x.size(); k++) {
                if (biased(k, favour) > biased(best, favour)) {
                    best = k;
                }
            }
            return best;
        }

        private int biased(int k, int favour) {
            return x.get(k) + (k == x.size() - 1 ? favour : 0);
        }
    }

    /** Rows of which a model that takes the largest number is right on most. */
    static LabelledRows random(Gen gen, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = gen.integer(0, 2);
            List<Integer> x = gen.listOf(3, () -> gen.integer(-2000, 2000));
            x.set(label, x.get(label) + 1500);
            rows.add(new Row(label, x, gen.oneOf("anna", "ben", "cleo")));
        }
        return new LabelledRows(rows);
    }

    /** How often each class was answered for each label, with {@code favour} for the last class. */
    long[][] confusion(int favour) {
        long[][] counts = new long[CLASSES.size()][CLASSES.size()];
        rows.forEach(row -> counts[row.label()][row.largest(favour)]++);
        return counts;
    }

    /** The rows of one writer. */
    LabelledRows of(String writer) {
        return new LabelledRows(
                rows.stream().filter(row -> row.writer().equals(writer)).toList());
    }

    /** How many rows the largest number says rightly. */
    long right() {
        return rows.stream().filter(row -> row.answer() == row.label()).count();
    }

    /** Columns x0, x1, x2, label, writer, said: the last is what the largest number says. */
    Path writeTo(Path file) {
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("x0,x1,x2,label,writer,said\n");
            for (Row row : rows) {
                for (int x : row.x()) {
                    out.write(x / 1000.0 + ",");
                }
                out.write(CLASSES.get(row.label()) + "," + row.writer() + "," + CLASSES.get(row.answer()) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
