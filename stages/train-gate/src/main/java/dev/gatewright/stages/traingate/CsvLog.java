// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CSV log of a training: a header, then a line an epoch (or a step). An empty cell says nothing about its line, since some
 * loggers write a line for the training and one for the validation.
 *
 * <p>But pandas writes NaN as an empty cell. So a column with a number in each line up to some line, and none from there on,
 * though nothing new is logged there, is taken for one that became NaN.
 */
final class CsvLog {
    /** Nothing that it has taken does it give back, so that no cell takes long. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]++\\.?+[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

    private static final int LONGEST_SHOWN = 60;

    private final String text;
    private final boolean stillWritten;
    private final List<Column> columns = new ArrayList<>();

    CsvLog(String text, boolean stillWritten) {
        this.text = text;
        this.stillWritten = stillWritten;
    }

    private static final class Column {
        private final String name;
        private final List<Double> values = new ArrayList<>();
        private int firstRow = -1;
        private int lastRow = -1;
        private @Nullable String unusable;

        Column(String name) {
            this.name = name;
        }

        boolean isFullUpToItsLast() {
            return lastRow >= 0 && values.size() == lastRow + 1;
        }
    }

    TrainingNumbers read() throws IOException {
        int line = 0;
        int rows = 0;
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0 && stillWritten) {
                break;
            }
            int stop = end < 0 ? text.length() : end;
            String content = text.substring(start, stop).strip();
            start = stop + 1;
            line++;
            if (content.isEmpty()) {
                continue;
            }
            if (columns.isEmpty()) {
                header(cells(content, line), line);
            } else {
                row(cells(content, line), line, rows++);
            }
        }
        if (columns.isEmpty()) {
            throw new IOException("it has no header");
        }
        return numbers(rows);
    }

    private void header(List<String> names, int line) throws IOException {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw new IOException("line " + line + ": column " + (columns.size() + 1) + " has no name");
            }
            if (!seen.add(name)) {
                throw new IOException("line " + line + ": two columns are called '" + shown(name) + "'");
            }
            columns.add(new Column(name));
        }
    }

    private void row(List<String> cells, int line, int row) throws IOException {
        if (cells.size() != columns.size()) {
            throw new IOException("line " + line + " has " + count(cells.size()) + ", and the header has "
                    + columns.size() + "; found '" + shown(String.join(",", cells)) + "'");
        }
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            Column column = columns.get(i);
            if (cell.isEmpty()) {
                continue;
            }
            Double value = number(cell);
            if (value == null) {
                if (column.unusable == null) {
                    column.unusable = "has '" + shown(cell) + "' in line " + line + ", where a number is expected";
                }
            } else {
                column.firstRow = column.values.isEmpty() ? row : column.firstRow;
                column.lastRow = row;
                column.values.add(value);
            }
        }
    }

    private TrainingNumbers numbers(int rows) {
        int lastBeginning =
                columns.stream().mapToInt(column -> column.firstRow).max().orElse(-1);
        Map<String, List<Double>> series = new LinkedHashMap<>();
        Map<String, String> unusable = new LinkedHashMap<>();
        for (Column column : columns) {
            if (!column.values.isEmpty()) {
                series.put(column.name, column.values);
            }
            if (column.unusable != null) {
                unusable.put(column.name, column.unusable);
            } else if (column.values.isEmpty()) {
                unusable.put(column.name, "has no number in any line");
            } else if (!stillWritten
                    && column.isFullUpToItsLast()
                    && column.lastRow < rows - 1
                    && lastBeginning <= column.lastRow) {
                unusable.put(
                        column.name,
                        "has a number in each of its first " + count(column.lastRow + 1, "row")
                                + " and none after that, as where NaN was written");
            }
        }
        return new TrainingNumbers(series, unusable);
    }

    /** The cells of a line, without the blanks and the quotes around them. */
    private static List<String> cells(String content, int line) throws IOException {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < content.length() && content.charAt(i + 1) == '"';
                if (doubled) {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IOException("line " + line + " has a quote that is not closed");
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    /** The number, as C, Java and Python write it; null where it is none. */
    static @Nullable Double number(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : null;
        };
    }

    private static String count(int cells) {
        return count(cells, "cell");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
