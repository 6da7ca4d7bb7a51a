// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextDictionaryTest {
    @Seeded(cases = 50)
    void numbersTextsInOrderOfFirstAppearance(Gen gen) {
        TextDictionary dictionary = new TextDictionary();
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < 2000; i++) {
            String text = "é" + gen.integer(0, 900);
            assertThat(dictionary.find(text) == TextDictionary.ABSENT).isEqualTo(!seen.contains(text));
            seen.add(text);
            int code = dictionary.add(text);
            byte[] bytes = (text + "!").getBytes(StandardCharsets.UTF_8);
            assertThat(dictionary.find(bytes, 0, bytes.length - 1)).isEqualTo(code);
            assertThat(dictionary.texts().get(code)).isEqualTo(text);
        }
        assertThat(dictionary.texts()).containsExactlyElementsOf(seen);
        assertThat(dictionary.size()).isEqualTo(seen.size());
    }

    @Test
    void tellsTextsOfOneHashApart() {
        TextDictionary dictionary = new TextDictionary();
        for (String text : List.of("AaAa", "AaBB", "BBAa", "BBBB")) {
            dictionary.add(text);
        }
        assertThat(dictionary.find("BBAa")).isEqualTo(2);
        assertThat(dictionary.find("BBB")).isEqualTo(TextDictionary.ABSENT);
    }

    @Test
    void showsItsTextsButLetsNobodyChangeThem() {
        List<String> texts = new TextDictionary().texts();
        assertThatThrownBy(() -> texts.add("a")).isInstanceOf(UnsupportedOperationException.class);
    }
}
