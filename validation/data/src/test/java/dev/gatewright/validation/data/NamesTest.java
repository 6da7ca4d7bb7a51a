// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.rows.Glob;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @Seeded(cases = 500)
    void matchesAsTheSameRegularExpressionDoes(Gen gen) {
        String pattern = letters(gen, "ab*?", 8);
        String name = letters(gen, "ab", 12);
        String regex = pattern.replace("*", ".*").replace("?", ".");
        assertThat(Glob.matches(pattern, name)).isEqualTo(Pattern.matches(regex, name));
    }

    @Test
    void matchesInNoMoreThanTheProductOfBothLengths() {
        assertThat(Glob.matches("*a".repeat(200) + "b", "a".repeat(20_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"pixel_3, pixel_31", "Digit, digit", "lable, label", "wrtier, writer", "x, xy"})
    void suggestsTheNearestName(String written, String meant) {
        Set<String> names = Set.of("pixel_31", "pixel_999", "digit", "label", "writer", "xy", "weight");
        assertThat(NearestName.of(written, names)).isEqualTo(meant);
    }

    @Test
    void suggestsTheSameOneOfSeveralInWhateverOrderTheyCome() {
        assertThat(NearestName.of("ab", List.of("ad", "ac", "aa"))).isEqualTo("aa");
        assertThat(NearestName.of("ab", List.of("aa", "ac", "ad"))).isEqualTo("aa");
    }

    @Test
    void suggestsNothingThatIsFarOff() {
        assertThat(NearestName.of("temperature", List.of("pressure", "t", "a".repeat(1000))))
                .isNull();
        assertThat(NearestName.of("x".repeat(1000), List.of("x".repeat(999)))).isNull();
    }

    private static String letters(Gen gen, String alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = gen.integer(0, longest); i > 0; i--) {
            text.append(alphabet.charAt(gen.integer(0, alphabet.length() - 1)));
        }
        return text.toString();
    }
}
