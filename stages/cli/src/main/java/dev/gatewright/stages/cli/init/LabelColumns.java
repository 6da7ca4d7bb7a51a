// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The truth of rows with any number of classes: a column of 0 and 1 for each class.
 *
 * @param columns their names, globs expanded
 * @param classes the class of each
 */
record LabelColumns(List<String> columns, List<String> classes) {
    /**
     * The columns that the user names, with the classes that the user or the model names, or else what is left of the columns'
     * names behind their common beginning.
     */
    static LabelColumns of(Path rows, Columns columns, Hints hints, List<String> ofModel, Map<String, String> notes) {
        if (hints.labels().isEmpty()) {
            throw Asking.about(
                    rows,
                    "which columns hold a 0 or 1 for each class cannot be told; there are "
                            + Asking.shown(columns.names()),
                    "--label COLUMN,COLUMN");
        }
        List<String> names = columns.matching(hints.labels());
        List<String> classes = hints.classes();
        if (classes.isEmpty() && !ofModel.isEmpty()) {
            notes.put("classes", "as the model names them");
            classes = ofModel;
        }
        if (classes.isEmpty()) {
            notes.put("classes", "as the columns of the label name them, in their order");
            int beginning = beginning(names);
            classes = names.stream().map(name -> name.substring(beginning)).toList();
        }
        if (classes.size() != columns.width(names)) {
            throw Asking.about(
                    rows,
                    "the label's columns " + Asking.shown(names) + " hold " + columns.width(names)
                            + " values a row, and there are " + classes.size() + " classes, " + Asking.shown(classes),
                    "--classes CLASS,CLASS");
        }
        return new LabelColumns(names, classes);
    }

    /** How long the common beginning of names is, up to the last mark that parts words. */
    private static int beginning(List<String> names) {
        String first = names.get(0);
        int end = first.length() - 1;
        for (String name : names) {
            while (!name.startsWith(first.substring(0, end)) || end >= name.length()) {
                end--;
            }
        }
        while (end > 0 && "_.- ".indexOf(first.charAt(end - 1)) < 0) {
            end--;
        }
        return end;
    }
}
