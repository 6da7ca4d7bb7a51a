// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of a data file, and what they hold. */
final class Columns {
    /** The most different values that are kept; no task has so many classes that it could be guessed. */
    static final int MOST_VALUES = 1_000;

    private static final int ROWS_AT_ONCE = 1_000;

    private final DataFile file;
    private final Map<String, Column> byName = new LinkedHashMap<>();

    Columns(DataFile file) {
        this.file = file;
        file.columns().stream()
                .filter(column -> !column.name().isEmpty())
                .forEach(column -> byName.put(column.name(), column));
    }

    /** Their names, in the order of the file. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The columns that names and globs stand for, which hold truth values. */
    List<String> matching(List<String> namesOrGlobs) {
        Field.Matrix matrix = new Field.Matrix("label", ElementType.BOOL, namesOrGlobs);
        SelectionResult result = file.select(List.of(matrix));
        if (result instanceof Problems problems) {
            throw Asking.about(file.path(), problems.list().get(0).sentence(), "--label COLUMN,COLUMN");
        }
        return ((Selection) result).columns(matrix);
    }

    /** Refuses a file in which there is nothing to choose from. */
    void requireAny() {
        if (byName.isEmpty()) {
            throw Asking.about(file.path(), "no column in it has a name", null);
        }
    }

    /** How many values a row has of {@code name}. */
    int width(String name) {
        return content(name) instanceof Column.Values values ? values.width() : 1;
    }

    int width(Collection<String> names) {
        return names.stream().mapToInt(this::width).sum();
    }

    /** Whether the column can be fed to an input that takes texts, or to one that takes numbers. */
    boolean feeds(String name, boolean texts) {
        Column.Content content = content(name);
        if (content instanceof Column.Cells cells) {
            return texts || cells.numeric();
        }
        return content instanceof Column.Values values && (values.type() == ElementType.STRING) == texts;
    }

    /** Whether a number stands in it, as far as the file says before its rows are read. */
    boolean isNumeric(String name) {
        return content(name) instanceof Column.Cells cells ? cells.numeric() : feeds(name, false);
    }

    /** The different values of a column, in the order of appearance; empty where they are floats, or too many to be classes. */
    Optional<List<String>> values(String name) {
        Field.Category category = new Field.Category(name);
        if (!(file.select(List.of(category)) instanceof Selection selection)) {
            return Optional.empty();
        }
        RowBlock block = selection.newBlock(
                ROWS_AT_ONCE,
                (matrix, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
        try (RowReader reader = selection.open()) {
            while (reader.read(block) > 0) {
                if (reader.categories(category).size() > MOST_VALUES) {
                    return Optional.empty();
                }
            }
            return Optional.of(List.copyOf(reader.categories(category)));
        }
    }

    /** The columns by what their names begin with, where a number follows: {@code pixel_} for {@code pixel_0}, {@code pixel_1}. */
    Map<String, List<String>> numbered() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String name : byName.keySet()) {
            String prefix = name.replaceFirst("\\d+(?:[_x,.]\\d+)*$", "");
            if (!prefix.equals(name) && !prefix.isEmpty()) {
                groups.computeIfAbsent(prefix, key -> new ArrayList<>()).add(name);
            }
        }
        return groups;
    }

    /** The shortest way to write {@code names}: a glob, where it stands for just them and in this order. */
    List<String> written(List<String> names) {
        if (names.size() < 2) {
            return names;
        }
        for (Map.Entry<String, List<String>> group : numbered().entrySet()) {
            List<String> all = byName.keySet().stream()
                    .filter(name -> name.startsWith(group.getKey()))
                    .toList();
            if (all.equals(names)) {
                return List.of(group.getKey() + "*");
            }
        }
        return names;
    }

    private Column.Content content(String name) {
        Column column = byName.get(name);
        if (column == null) {
            throw new IllegalArgumentException("there is no column " + name);
        }
        return column.content();
    }
}
