// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A CSV log of a training: a header, then a line an epoch (or a step), all of them numbers or empty. */
final class CsvLog {
    private final String text;
    private final boolean stillWritten;

    CsvLog(String text, boolean stillWritten) {
        this.text = text;
        this.stillWritten = stillWritten;
    }

    Map<String, List<Double>> read() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty()) {
            throw new IOException("it has no header");
        }
        String[] names = lines.get(0).split(",", -1);
        Map<String, List<Double>> series = new LinkedHashMap<>();
        List<List<Double>> columns = new ArrayList<>();
        for (String name : names) {
            List<Double> column = new ArrayList<>();
            columns.add(column);
            if (name.isBlank() || series.put(name.strip(), column) != null) {
                throw new IOException("line 1: the column '" + name + "' has no name, or the name of another one");
            }
        }
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length != names.length) {
                throw new IOException(
                        "line " + (i + 1) + ": " + cells.length + " cells, and the header has " + names.length);
            }
            for (int j = 0; j < cells.length; j++) {
                if (!cells[j].isBlank()) {
                    columns.get(j).add(number(cells[j].strip(), i + 1, names[j]));
                }
            }
        }
        series.values().removeIf(List::isEmpty);
        return series;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0 && stillWritten) {
                break;
            }
            int stop = end < 0 ? text.length() : end;
            int last = stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            lines.add(text.substring(start, last));
            start = stop + 1;
        }
        return lines;
    }

    private static double number(String cell, int line, String column) throws IOException {
        switch (cell.toLowerCase(Locale.ROOT)) {
            case "nan" -> {
                return Double.NaN;
            }
            case "inf", "+inf", "infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf", "-infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                try {
                    return Double.parseDouble(cell);
                } catch (NumberFormatException e) {
                    String found = cell.length() > 60 ? cell.substring(0, 60) + "…" : cell;
                    throw new IOException(
                            "line " + line + ", column '" + column + "': found '" + found + "', expected a number", e);
                }
            }
        }
    }
}
