// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedTest {
    @Test
    void keepsTextThatPrints() {
        assertThat(Quoted.of("größe /x_0:\u4E2D\uD83D\uDE00")).isEqualTo("'größe /x_0:\u4E2D\uD83D\uDE00'");
    }

    /** A terminal's escape, a new line, a change of direction, half a character, nothing at all. */
    @ParameterizedTest
    @CsvSource({"27,1b", "10,a", "8238,202e", "55357,d83d", "65535,ffff", "8232,2028", "0,0", "133,85"})
    void spellsCharactersThatDoNotPrint(int character, String code) {
        assertThat(Quoted.of("a" + (char) character + "b")).isEqualTo("'a\\u{" + code + "}b'");
    }

    @Test
    void shortensLongText() {
        assertThat(Quoted.of("x".repeat(120))).isEqualTo("'" + "x".repeat(120) + "'");
        assertThat(Quoted.of("x".repeat(121))).isEqualTo("'" + "x".repeat(120) + "…'");
    }
}
