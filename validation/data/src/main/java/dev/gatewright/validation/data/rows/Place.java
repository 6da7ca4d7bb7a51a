// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.nio.file.Path;

/**
 * Where in a data file something stands.
 *
 * @param file the file
 * @param row the row, from 1, headers not counted; 0 where it is about no row
 * @param line the line of a text file, from 1, on which the row begins; 0 where there is none
 * @param noun what the format calls a column, {@code column} or {@code array}
 * @param column the column's name; empty where it is about no column
 */
public record Place(Path file, long row, long line, String noun, String column) {
    /** A whole file. */
    public static Place of(Path file) {
        return new Place(file, 0, 0, "", "");
    }

    /** An array of a file. */
    public static Place array(Path file, String name) {
        return new Place(file, 0, 0, "array", name);
    }

    /** A column of a file. */
    public static Place column(Path file, String name) {
        return new Place(file, 0, 0, "column", name);
    }

    /** The same array or column, at {@code row}. */
    public Place at(long row) {
        return new Place(file, row, line, noun, column);
    }

    /** As a message begins: {@code data/holdout.csv, row 17 (line 18), column 'pixel_3'}. */
    public String sentence() {
        StringBuilder text = new StringBuilder(file.toString());
        if (row > 0) {
            text.append(", row ").append(row);
            if (line > 0) {
                text.append(" (line ").append(line).append(')');
            }
        } else if (line > 0) {
            text.append(", line ").append(line);
        }
        if (!column.isEmpty()) {
            text.append(", ").append(noun).append(' ').append(Quote.of(column));
        }
        return text.toString();
    }
}
