// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTypeTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsNumber(ElementType type) {
        assertThat(ElementType.ofCode(type.code())).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 29, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void isNoneForNumbersThatOnnxDoesNotKnow(int code) {
        assertThat(ElementType.ofCode(code)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT,3,12", "INT4,3,2", "INT2,5,2", "FLOAT6E2M3,4,3", "FLOAT6E2M3,5,4", "BOOL,0,0", "COMPLEX128,1,16"
    })
    void packsElementsIntoWholeBytes(ElementType type, long elements, long bytes) {
        assertThat(type.bytes(elements)).isEqualTo(bytes);
    }

    @Test
    void refusesMoreBytesThanALongCounts() {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> ElementType.DOUBLE.bytes(1L << 61));
    }

    @Test
    void isSpelledAsOnnxSpellsIt() {
        assertThat(ElementType.FLOAT8E4M3FN).hasToString("float8e4m3fn");
    }
}
