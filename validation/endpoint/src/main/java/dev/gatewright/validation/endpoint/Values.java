// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Elements out of an answer's lists, however deep these are. */
final class Values {
    private final List<JsonTree> flat = new ArrayList<>();

    private Values() {}

    /** The values in {@code tree}, in row-major order. */
    static Values of(JsonTree tree) {
        Values values = new Values();
        values.add(tree);
        return values;
    }

    private void add(JsonTree tree) {
        if (tree instanceof JsonTree.Arr list) {
            list.items().forEach(this::add);
        } else {
            flat.add(tree);
        }
    }

    int size() {
        return flat.size();
    }

    /**
     * The elements from {@code first} on that make a row of {@code type}.
     *
     * @throws BadAnswerException if one of them is none of that type
     */
    Elements row(TensorType type, int first) throws BadAnswerException {
        int size = type.rowSize();
        switch (type.datatype().kind()) {
            case REAL -> {
                double[] reals = new double[size];
                for (int i = 0; i < size; i++) {
                    double value = number(type, flat.get(first + i)).doubleValue();
                    reals[i] = type.datatype() == Datatype.FP64 ? value : (double) (float) value;
                }
                return new Elements.Reals(reals);
            }
            case WHOLE -> {
                long[] wholes = new long[size];
                for (int i = 0; i < size; i++) {
                    wholes[i] = whole(type, flat.get(first + i));
                }
                return new Elements.Wholes(wholes);
            }
            default -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    if (!(flat.get(first + i) instanceof JsonTree.Text text)) {
                        throw wrong(type, "a text", flat.get(first + i));
                    }
                    texts.add(text.value());
                }
                return new Elements.Texts(texts);
            }
        }
    }

    private static long whole(TensorType type, JsonTree tree) throws BadAnswerException {
        if (tree instanceof JsonTree.Truth truth) {
            return truth.value() ? 1 : 0;
        }
        try {
            BigDecimal value = new BigDecimal(tree instanceof JsonTree.Num num ? bounded(num.literal()) : "none");
            return value.toBigIntegerExact().longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            if (type.datatype() == Datatype.UINT64 && tree instanceof JsonTree.Num num) {
                return unsigned(type, num);
            }
            throw wrong(type, "a whole number", tree);
        }
    }

    private static long unsigned(TensorType type, JsonTree.Num num) throws BadAnswerException {
        try {
            return Long.parseUnsignedLong(num.literal());
        } catch (NumberFormatException e) {
            throw wrong(type, "a whole number", num);
        }
    }

    private static Number number(TensorType type, JsonTree tree) throws BadAnswerException {
        if (!(tree instanceof JsonTree.Num num)) {
            throw wrong(type, "a number", tree);
        }
        try {
            return switch (num.literal()) {
                case "Infinity", "+Infinity", "INF" -> Double.POSITIVE_INFINITY;
                case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(num.literal());
            };
        } catch (NumberFormatException e) {
            throw wrong(type, "a number", tree);
        }
    }

    /** A short exponent can stand for a number with a billion digits. */
    private static String bounded(String literal) {
        return literal.length() > 40 || literal.matches(".*[eE][+-]?\\d{3,}") ? "too long" : literal;
    }

    private static BadAnswerException wrong(TensorType type, String expected, JsonTree found) {
        String shown = found instanceof JsonTree.Num num
                ? num.literal()
                : found instanceof JsonTree.Text text
                        ? "'" + text.value() + "'"
                        : found.getClass().getSimpleName();
        return new BadAnswerException(
                "has " + Plain.of(shown, 40) + " in output '" + Plain.of(type.name(), 60) + "' where " + expected
                        + " belongs",
                null);
    }
}
