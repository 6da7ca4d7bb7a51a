// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldTest {
    @Test
    void refusesAMatrixWithoutColumns() {
        assertThatThrownBy(() -> new Field.Matrix("x", ElementType.FLOAT32, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 'x' needs at least one column, each with a name");
        assertThatThrownBy(() -> new Field.Matrix("x", ElementType.FLOAT32, List.of("a", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FLOAT16", "FLOAT32", "FLOAT64"})
    void refusesMissingValuesInATypeWithoutNan(ElementType type) {
        assertThatThrownBy(() -> new Field.Matrix("x", type, List.of("a"), Field.Missing.NAN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 'x' is " + type.numpyName()
                        + ", which has no NaN: only a float type can hold missing values");
    }

    @Test
    void refusesANegativeWidth() {
        assertThatThrownBy(() -> new Field.Matrix("x", ElementType.FLOAT32, List.of("a"), Field.Missing.REFUSE, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 'x' cannot be -1 wide");
    }

    @Test
    void refusesClassesThatCannotBeToldApart() {
        for (List<String> classes : List.of(List.<String>of(), List.of("a", "a"), List.of("a", ""))) {
            assertThatThrownBy(() -> new Field.ClassLabel("y", classes, Field.Spelling.NAME))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the class label 'y' needs different, non-empty class names, not " + classes);
        }
    }

    @Test
    void refusesLimitsThatLimitNothingOrTooMuch() {
        assertThatThrownBy(() -> new Limits(1, 1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, (1 << 28) + 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
