// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Glob;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds fields to the columns of one table and collects what is wrong. */
final class Selector {
    private static final int NAMES_SHOWN = 5;
    private static final int PROBLEMS_SHOWN = 5;

    private final Path file;
    private final Table table;
    private final Limits limits;
    private final Map<String, Column> columns = new HashMap<>();
    private final List<Problems.Problem> problems = new ArrayList<>();
    private int ofThisField;

    Selector(Path file, Table table, Limits limits) {
        this.file = file;
        this.table = table;
        this.limits = limits;
        for (Column column : table.columns()) {
            if (!column.name().isEmpty()) {
                columns.put(column.name(), column);
            }
        }
    }

    SelectionResult select(List<Field> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to select: name at least one field");
        }
        List<Binding> bindings = new ArrayList<>();
        for (Field field : fields) {
            List<Column> found = find(field);
            for (Column column : found) {
                String misfit = Misfit.of(field, column);
                if (misfit != null) {
                    report(field, name(column) + ", wanted for " + field.purpose() + ", " + misfit);
                }
            }
            if (ofThisField == 0) {
                bindings.add(new Binding(field, found));
                checkWidth(field, found);
            }
            endOf(field);
        }
        checkRows(bindings);
        return problems.isEmpty() ? new Selection(table, bindings) : new Problems(problems);
    }

    private List<Column> find(Field field) {
        if (field instanceof Field.Matrix matrix) {
            return find(matrix);
        }
        String name = ((Field.Single) field).column();
        Column column = columns.get(name);
        if (column == null) {
            reportMissing(field, name);
            return List.of();
        }
        return List.of(column);
    }

    private List<Column> find(Field.Matrix matrix) {
        Map<Integer, Column> found = new LinkedHashMap<>();
        Map<Integer, String> finders = new HashMap<>();
        for (String pattern : matrix.columns()) {
            for (Column column : matching(matrix, pattern)) {
                String other = finders.putIfAbsent(column.index(), pattern);
                if (other == null) {
                    found.put(column.index(), column);
                } else {
                    report(
                            matrix,
                            name(column) + " is taken twice for " + matrix.purpose() + ", by " + Quote.of(other)
                                    + " and by " + Quote.of(pattern) + "; take it once");
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    private List<Column> matching(Field.Matrix matrix, String pattern) {
        Column exact = columns.get(pattern);
        if (exact != null) {
            return List.of(exact);
        }
        if (!Glob.isGlob(pattern)) {
            reportMissing(matrix, pattern);
            return List.of();
        }
        List<Column> matching = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!column.name().isEmpty() && Glob.matches(pattern, column.name())) {
                matching.add(column);
            }
        }
        if (matching.isEmpty()) {
            report(
                    matrix,
                    file + " has no " + table.noun() + " that matches " + Quote.of(pattern) + " for " + matrix.purpose()
                            + "; " + offer());
        }
        return matching;
    }

    private void reportMissing(Field field, String name) {
        String nearest = NearestName.of(name, columns.keySet());
        report(
                field,
                file + " has no " + table.noun() + " " + Quote.of(name) + " for " + field.purpose() + "; "
                        + (nearest == null ? offer() : "did you mean " + Quote.of(nearest) + "?"));
    }

    /** What there is to choose from. */
    private String offer() {
        List<Column> all = table.columns();
        if (all.isEmpty()) {
            return "it has no " + table.noun();
        }
        StringBuilder text = new StringBuilder("it has ");
        for (int i = 0; i < Math.min(NAMES_SHOWN, all.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(Quote.of(all.get(i).name()));
        }
        int more = all.size() - NAMES_SHOWN;
        return text.append(more > 0 ? " and " + more + " more" : "").toString();
    }

    private void checkWidth(Field field, List<Column> found) {
        if (!(field instanceof Field.Matrix matrix)) {
            return;
        }
        long width = 0;
        for (Column column : found) {
            width += column.width();
        }
        if (width * Math.max(1, matrix.type().bytes()) > limits.rowBytes()) {
            report(
                    matrix,
                    matrix.purpose() + " would have " + width + " values a row of " + file + ", which are more than "
                            + limits.rowBytes() + " bytes; select fewer");
        } else if (matrix.width() != Field.Matrix.ANY_WIDTH && matrix.width() != width) {
            String first = Quote.of(found.get(0).name());
            String last = Quote.of(found.get(found.size() - 1).name());
            report(
                    matrix,
                    matrix.purpose() + " takes " + matrix.width() + " values a row, but " + file + " gives " + width
                            + ", from " + table.noun() + " " + first + (found.size() == 1 ? "" : " to " + last)
                            + "; select as many as the model takes");
        }
    }

    /** Sees that all typed columns have as many rows as the first. */
    private void checkRows(List<Binding> bindings) {
        Column first = null;
        long rows = 0;
        for (Binding binding : bindings) {
            for (Column column : binding.columns()) {
                if (!(column.content() instanceof Column.Values values)) {
                    continue;
                }
                if (first == null) {
                    first = column;
                    rows = values.rows();
                } else if (values.rows() != rows) {
                    report(
                            binding.field(),
                            name(column) + ", wanted for " + binding.field().purpose() + ", has "
                                    + values.rows() + " rows, but " + table.noun() + " " + Quote.of(first.name())
                                    + " has " + rows
                                    + "; select those of the same rows");
                }
            }
            endOf(binding.field());
        }
    }

    private String name(Column column) {
        return table.noun() + " " + Quote.of(column.name()) + " of " + file;
    }

    /** Notes a problem; of one field no more than a person would read. */
    private void report(Field field, String sentence) {
        if (ofThisField++ < PROBLEMS_SHOWN) {
            problems.add(new Problems.Problem(field, sentence));
        }
    }

    private void endOf(Field field) {
        int more = ofThisField - PROBLEMS_SHOWN;
        if (more > 0) {
            String sentence = "problems like these with " + field.purpose() + " of " + file + ": " + more + " more";
            problems.add(new Problems.Problem(field, sentence));
        }
        ofThisField = 0;
    }
}
