// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Place;

/** What every format says of a number that cannot be taken. */
public final class Refusal {
    private Refusal() {}

    /** What was expected of a number that is none of {@code type}, by its range or by being infinite. */
    public static String expected(ElementType type) {
        return type.isFloat() ? "a finite number that " + type.numpyName() + " can hold" : type.expected();
    }

    /** What is wrong where {@code found} says that a value is missing which {@code matrix} needs. */
    public static BadDataException missing(Place place, String found, Field.Matrix matrix) {
        return new BadDataException(
                place,
                found,
                "a number",
                "if the model is made for missing values, say 'missing: nan' for " + matrix.purpose());
    }
}
