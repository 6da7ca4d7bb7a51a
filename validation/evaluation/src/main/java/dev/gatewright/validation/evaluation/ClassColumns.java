// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.Selection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds columns with a value for each class against the classes: columns that are called like the classes, alone or behind a
 * common beginning such as {@code p_}, stand in their order, or every answer is taken for another class's.
 */
public final class ClassColumns {
    private ClassColumns() {}

    /** What is wrong with their order; empty where nothing is, or the columns are called otherwise. */
    public static Optional<String> wrongOrder(List<String> columns, List<String> classes) {
        if (columns.size() != classes.size()) {
            return Optional.empty();
        }
        for (String name : classes) {
            if (columns.get(0).endsWith(name)) {
                String beginning = columns.get(0).substring(0, columns.get(0).length() - name.length());
                List<String> expected = classes.stream().map(beginning::concat).toList();
                Set<String> called = new HashSet<>(columns);
                if (called.equals(new HashSet<>(expected)) && !columns.equals(expected)) {
                    return Optional.of("the columns " + columns + " are called like the classes " + classes
                            + ", but stand in another order; name them in the order of model.classes");
                }
            }
        }
        return Optional.empty();
    }

    /** @throws EvaluationFailedException if columns of {@code fields} stand in another order than the classes */
    static void check(List<String> classes, RowFields fields, Selection selection) {
        fields.ofClasses()
                .forEach(
                        matrix -> wrongOrder(selection.columns(matrix), classes).ifPresent(wrong -> {
                            throw new EvaluationFailedException(wrong, null);
                        }));
    }
}
