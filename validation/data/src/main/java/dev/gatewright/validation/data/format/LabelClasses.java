// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Quote;
import java.util.List;

/** The classes of a label, found by what a file writes for them. */
public final class LabelClasses {
    /** What is found for something that names no class. */
    public static final int NONE = TextDictionary.ABSENT;

    private static final int SHOWN = 5;
    private static final int SMALL = 256;

    private final Field.ClassLabel label;
    private final TextDictionary names = new TextDictionary();
    private final int[] small = new int[SMALL]; // the classes whose names are the numbers below it

    /** The classes of {@code label}. */
    public LabelClasses(Field.ClassLabel label) {
        this.label = label;
        for (String name : label.classes()) {
            names.add(name);
        }
        for (int number = 0; number < SMALL; number++) {
            small[number] = names.find(Integer.toString(number));
        }
    }

    /** The class whose name is this UTF-8 text, or {@link #NONE}. */
    public int named(byte[] bytes, int from, int to) {
        return names.find(bytes, from, to);
    }

    /** The class whose name is {@code text}, or {@link #NONE}. */
    public int named(String text) {
        return names.find(text);
    }

    /** The class whose name is {@code number} in decimal digits, or {@link #NONE}. */
    public int named(long number) {
        return number >= 0 && number < SMALL ? small[(int) number] : names.find(Long.toString(number));
    }

    /** The class at position {@code index}, from 0, or {@link #NONE}. */
    public int at(long index) {
        return index >= 0 && index < names.size() ? (int) index : NONE;
    }

    /** What is expected of a label, for a message: {@code one of the 2 classes 'cat', 'dog'}. */
    public String expected() {
        List<String> classes = label.classes();
        if (label.spelling() == Field.Spelling.INDEX) {
            return "the index of a class, a whole number from 0 to " + (classes.size() - 1);
        }
        if (classes.size() == 1) {
            return "the class " + Quote.of(classes.get(0));
        }
        StringBuilder text =
                new StringBuilder("one of the ").append(classes.size()).append(" classes ");
        for (int i = 0; i < Math.min(SHOWN, classes.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(Quote.of(classes.get(i)));
        }
        return text.append(classes.size() > SHOWN ? ", …" : "").toString();
    }
}
