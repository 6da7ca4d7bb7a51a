// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.json.JsonReader.NotJsonException;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Seeded
    void readsBackWhatWasWritten(Gen gen) throws NotJsonException {
        for (Json value : gen.listOf(20, () -> JsonTrees.any(gen, 5))) {
            assertThat(read(JsonWriter.pretty(value))).isEqualTo(value);
            assertThat(read(JsonWriter.compact(value))).isEqualTo(value);
            assertThat(JsonReader.read(CanonicalJson.bytes(value))).isEqualTo(value);
        }
    }

    @Test
    void keepsTheOrderOfMembers() throws NotJsonException {
        assertThat(JsonWriter.compact(read("{\"b\":1,\"a\":{\"d\":2,\"c\":3}}")))
                .isEqualTo("{\"b\":1,\"a\":{\"d\":2,\"c\":3}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                  | the document is empty",
                "`  `                | the document is empty",
                "{} {}               | something follows the document's end, line 1",
                "[1, 2] 3            | something follows the document's end, line 1",
                "{\"a\":1,\"a\":2}   | Duplicate field 'a', line 1, column 11",
                "{\"a\":{\"b\":1,\"\\u0062\":2}} | Duplicate field 'b', line 1, column 21",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(NotJsonException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "[1",
                "[1,",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "\"a",
                "\"\\",
                "\"\\u12",
                "tru",
                "nul",
                "-",
                "1.",
                "1e",
                "1e+",
            })
    void refusesWhatIsCutOff(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(NotJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,]",
                "{\"a\":1,}",
                "[,1]",
                "{,}",
                "[1 2]",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "'a'",
                "01",
                "+1",
                ".5",
                "0x10",
                "1_000",
                "// a\n1",
                "/* a */ 1",
                "# a\n1",
                "\"a\tb\"",
                "\"\\x41\"",
                "\"\\\n\"",
                "True",
                "None",
                "undefined",
                "1}",
                "[1]]",
                "\u00A01",
            })
    void refusesWhatOnlyOtherFormatsAllow(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(NotJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "[1, NaN]"})
    void readsNaNOnlyWhereAsked(String text) throws NotJsonException {
        assertThatThrownBy(() -> read(text)).isInstanceOf(NotJsonException.class);
        assertThat(JsonReader.readWithNaN(bytes(text))).isNotNull();
    }

    @Test
    void readsNaNAsNaN() throws NotJsonException {
        assertThat(JsonReader.readWithNaN(bytes("[NaN, Infinity, -Infinity]")))
                .isEqualTo(new Json.Arr(List.of(
                        new Json.Num(Double.NaN),
                        new Json.Num(Double.POSITIVE_INFINITY),
                        new Json.Num(Double.NEGATIVE_INFINITY))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "-NaN", "NAN", "infinity", "inf", "INF", "\"a\": NaN"})
    void refusesOtherSpellingsOfNaNEverywhere(String text) {
        assertThatThrownBy(() -> JsonReader.readWithNaN(bytes(text))).isInstanceOf(NotJsonException.class);
    }

    /** An infinity that nobody wrote would be a value that nobody measured. */
    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "[1.8e308]", "{\"a\":1e999999999}"})
    void refusesNumbersBeyondADouble(String text) {
        for (var reader : List.<Read>of(JsonReader::read, JsonReader::readWithNaN)) {
            assertThatThrownBy(() -> reader.read(bytes(text)))
                    .isInstanceOf(NotJsonException.class)
                    .hasMessageMatching("the number at line 1, column \\d+ is larger than a double holds");
        }
    }

    @Test
    void refusesAWholeNumberBeyondADouble() {
        String digits = "9".repeat(400);

        assertThatThrownBy(() -> read(digits)).isInstanceOf(NotJsonException.class);
    }

    @Test
    void refusesANumberOfEndlessDigits() {
        assertThatThrownBy(() -> read("0." + "1".repeat(100_000))).isInstanceOf(NotJsonException.class);
    }

    @Test
    void readsTheSmallestAndTheLargestNumbers() throws NotJsonException {
        assertThat(read("[5e-324, 1.7976931348623157e308, -0.0, 1e-400]"))
                .isEqualTo(new Json.Arr(List.of(
                        new Json.Num(Double.MIN_VALUE),
                        new Json.Num(Double.MAX_VALUE),
                        new Json.Num(-0.0),
                        new Json.Num(0))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void refusesWhatIsNestedTooDeeply(String open) {
        assertThatThrownBy(() -> read(open.repeat(100_000)))
                .isInstanceOf(NotJsonException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void readsWhatIsNestedAsDeepAsItAllows() throws NotJsonException {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> read("[".repeat(65) + "]".repeat(65))).isInstanceOf(NotJsonException.class);
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                quoted(0xFF),
                quoted(0xC3),
                quoted(0xC0, 0x80), // an overlong NUL
                quoted(0xC1, 0xBF), // an overlong DEL
                quoted(0xE0, 0x80, 0xAF), // an overlong slash
                quoted(0xED, 0xA0, 0x80), // half a surrogate pair
                quoted(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80), // a surrogate pair, each half encoded alone
                quoted(0xF4, 0x90, 0x80, 0x80), // beyond the last character
                quoted(0xF8, 0x88, 0x80, 0x80, 0x80),
                "\"é\"".getBytes(StandardCharsets.ISO_8859_1),
                "\"a\"".getBytes(StandardCharsets.UTF_16BE),
                "\"a\"".getBytes(StandardCharsets.UTF_16LE),
                "\"a\"".getBytes(StandardCharsets.UTF_16),
                "[1]".getBytes(Charset.forName("UTF-32BE")),
                "[1]".getBytes(Charset.forName("UTF-32LE")));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void refusesWhatIsNotUtf8(byte[] bytes) {
        assertThatThrownBy(() -> JsonReader.read(bytes)).isInstanceOf(NotJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"a\\udc00b\"", "\"\\ude00\\ud83d\"", "{\"\\ud800\":1}"})
    void refusesHalfASurrogatePair(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(NotJsonException.class)
                .hasMessageContaining("surrogate pair");
    }

    @Test
    void passesOverAByteOrderMark() throws NotJsonException {
        assertThat(read("\uFEFF{}")).isEqualTo(Json.object().build());
        assertThatThrownBy(() -> read("\uFEFF\uFEFF{}")).isInstanceOf(NotJsonException.class);
    }

    /** Names whose hashes collide, for Java's strings and for Jackson's symbols, are neither refused nor slow. */
    @ParameterizedTest
    @CsvSource({"Aa, BB", "Ab, BA"})
    void readsManyNamesOfOneHash(String one, String other) throws NotJsonException {
        int names = 1 << 12;
        String object = IntStream.range(0, names)
                .mapToObj(number -> "\"" + ofBits(number, one, other) + "\":" + number)
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(((Json.Obj) read(object)).members()).hasSize(names);
    }

    @Seeded
    void endsWithAValueThatHasACanonicalFormOrWithASentence(Gen gen) {
        for (Json value : gen.listOf(50, () -> JsonTrees.any(gen, 3))) {
            byte[] hostile = CanonicalJson.bytes(value);
            for (int i = gen.integer(1, 3); i > 0; i--) {
                hostile[gen.integer(0, hostile.length - 1)] = gen.bytes(1)[0];
            }
            try {
                assertThat(CanonicalJson.bytes(JsonReader.read(hostile))).isNotEmpty();
            } catch (NotJsonException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private interface Read {
        Json read(byte[] bytes) throws NotJsonException;
    }

    private static String ofBits(int number, String zero, String one) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            text.append((number >> bit & 1) == 0 ? zero : one);
        }
        return text.toString();
    }

    private static byte[] quoted(int... content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('"');
        for (int each : content) {
            out.write(each);
        }
        out.write('"');
        return out.toByteArray();
    }

    private static Json read(String text) throws NotJsonException {
        return JsonReader.read(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
