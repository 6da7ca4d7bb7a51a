// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuoteTest {
    @Test
    void showsTextThatIsPlain() {
        assertThat(Quote.of("")).isEqualTo("''");
        assertThat(Quote.of("it's é 中 😀 \\")).isEqualTo("'it's é 中 😀 \\'");
    }

    @Test
    void escapesWhatATerminalWouldActOn() {
        assertThat(Quote.of("a\nb\rc\td\u001b[2J\u0007\u0000")).isEqualTo("'a\\nb\\rc\\td\\u{1b}[2J\\u{7}\\u{0}'");
        assertThat(Quote.of("a\u202Eb\u2028c\uFEFF")).isEqualTo("'a\\u{202e}b\\u{2028}c\\u{feff}'");
        assertThat(Quote.of("\uD800x")).isEqualTo("'\\u{d800}x'");
    }

    @Test
    void showsSixtyCharactersAtMost() {
        assertThat(Quote.of("x".repeat(60))).isEqualTo("'" + "x".repeat(60) + "'");
        assertThat(Quote.of("x".repeat(61))).isEqualTo("'" + "x".repeat(60) + "…'");
        assertThat(Quote.of("😀".repeat(61))).isEqualTo("'" + "😀".repeat(60) + "…'");
    }

    @Seeded(cases = 200)
    void showsBytesAsTheirText(Gen gen) {
        StringBuilder text = new StringBuilder();
        for (int i = gen.integer(0, 100); i > 0; i--) {
            text.append(gen.oneOf("a", "é", "中", "😀", "\n"));
        }
        byte[] bytes = ("é" + text + "é").getBytes(StandardCharsets.UTF_8);
        assertThat(Quote.of(bytes, 2, bytes.length - 2)).isEqualTo(Quote.of(text.toString()));
    }
}
