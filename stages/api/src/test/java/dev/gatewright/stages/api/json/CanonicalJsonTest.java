// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvFileSource(resources = "rfc8785-appendix-b.csv")
    void spellsTheNumbersOfTheStandardsAppendix(String bits, String spelling) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(canonical(new Json.Num(number))).isEqualTo(spelling);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesNumbersThatJsonCannotSay(double number) {
        assertThatThrownBy(() -> CanonicalJson.bytes(new Json.Num(number)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(number + " is no JSON number");
    }

    /** The example of RFC 8785, section 3.2.2. */
    @Test
    void escapesAndSpellsAsTheStandardsExample() throws Exception {
        Json value = read("""
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}
                """);

        assertThat(canonical(value))
                .isEqualTo("{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** The example of RFC 8785, section 3.2.3: a character beyond the basic plane sorts by its surrogates. */
    @Test
    void sortsNamesByUtf16CodeUnits() throws Exception {
        Json value = read("""
                {"\\u20ac": 1, "\\r": 2, "\\ufb33": 3, "1": 4, "\\ud83d\\ude00": 5, "\\u0080": 6, "\\u00f6": 7}
                """);

        assertThat(canonical(value))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertThatThrownBy(() -> CanonicalJson.sha256(Json.of("a\uD800b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a text with half a surrogate pair has no canonical form");
    }

    @Test
    void takesTheDigestOfTheCanonicalBytes() {
        // printf '{"a":1,"b":2}' | sha256sum
        assertThat(CanonicalJson.sha256(Json.object().put("b", 2L).put("a", 1L).build()))
                .isEqualTo("43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777");
    }

    @Seeded
    void doesNotDependOnTheOrderOfMembers(Gen gen) {
        List<String> names = gen.listOf(gen.integer(0, 8), () -> JsonTrees.text(gen));
        Json.Builder one = Json.object();
        Json.Builder other = Json.object();
        names.forEach(name -> one.put(name, name));
        gen.shuffled(names).forEach(name -> other.put(name, name));

        assertThat(CanonicalJson.bytes(one.build())).isEqualTo(CanonicalJson.bytes(other.build()));
    }

    @Tag("python")
    @Test
    void agreesWithThePythonPackage() {
        Gen gen = new Gen(8785);
        List<Json> values = new ArrayList<>();
        values.addAll(gen.listOf(5_000, () -> JsonTrees.any(gen, 4)));
        values.addAll(gen.listOf(20_000, () -> new Json.Num(JsonTrees.number(gen))));
        try (PythonReference python = PythonReference.start(CanonicalJsonTest.class, "canonical_json.py")) {
            for (int from = 0; from < values.size(); from += 500) {
                List<Json> some = values.subList(from, from + 500);
                var answers = python.ask(some.stream().map(JsonWriter::pretty).toList());
                for (int i = 0; i < some.size(); i++) {
                    assertThat(canonical(some.get(i)))
                            .isEqualTo(answers.get(i).get("text").asText());
                    assertThat(CanonicalJson.sha256(some.get(i)))
                            .isEqualTo(answers.get(i).get("sha256").asText());
                }
            }
        }
    }

    private static Json read(String text) throws JsonReader.NotJsonException {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String canonical(Json value) {
        return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
    }
}
