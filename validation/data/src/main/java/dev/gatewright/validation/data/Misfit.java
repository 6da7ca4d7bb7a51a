// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import org.jspecify.annotations.Nullable;

/**
 * Why a column cannot give a field, as the end of a sentence. Numbers may be converted where only precision is lost, and
 * never from a float to a whole number, nor between numbers and text.
 */
final class Misfit {
    private Misfit() {}

    /** Why {@code column} cannot give {@code field}; null if it can, as far as is known before its rows are read. */
    static @Nullable String of(Field field, Column column) {
        Column.Content content = column.content();
        if (content instanceof Column.Unreadable unreadable) {
            return "holds " + unreadable.found() + "; " + unreadable.nextStep();
        }
        if (!(field instanceof Field.Matrix) && column.width() != 1) {
            return "has " + column.width() + " values a row, where one is wanted"
                    + (field instanceof Field.ClassLabel
                            ? "; of classes that are one-hot, save " + column.name() + ".argmax(axis=1)"
                            : "; save the one");
        }
        if (content instanceof Column.Cells cells) {
            return cells.numeric() || !wantsNumbers(field)
                    ? null
                    : "has " + cells.sample()
                            + " in its first row, which is no number; leave it out, or encode it as numbers";
        }
        return of(field, column.name(), (Column.Values) content);
    }

    private static boolean wantsNumbers(Field field) {
        return field instanceof Field.Scalar
                || (field instanceof Field.Matrix matrix && matrix.type() != ElementType.STRING);
    }

    private static @Nullable String of(Field field, String name, Column.Values values) {
        ElementType type = values.type();
        if (field instanceof Field.Matrix matrix) {
            return fits(type, matrix.type())
                    ? null
                    : "holds " + type.numpyName() + ", which is not converted to "
                            + matrix.type().numpyName() + "; convert it where it is saved";
        }
        if (field instanceof Field.Scalar) {
            return type.isFloat() || type.isInteger() ? null : "holds " + type.numpyName() + ", which is no number";
        }
        if (type.isFloat()) {
            return "holds " + type.numpyName() + ", where whole numbers or text are wanted; save " + name
                    + ".astype(\"int64\")";
        }
        boolean wantsIndex = field instanceof Field.ClassLabel label && label.spelling() == Field.Spelling.INDEX;
        return wantsIndex && !type.isInteger()
                ? "holds " + type.numpyName()
                        + ", where the index of a class is wanted; save whole numbers, or say that "
                        + "the labels are names"
                : null;
    }

    private static boolean fits(ElementType from, ElementType to) {
        if (from == ElementType.STRING || to == ElementType.STRING) {
            return from == to;
        }
        return to.isFloat() || !from.isFloat();
    }
}
