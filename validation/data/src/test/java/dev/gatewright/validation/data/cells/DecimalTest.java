// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @Seeded(cases = 10)
    void equalsTheJdkOnEverySpellingOfADouble(Gen gen) {
        for (int i = 0; i < 60_000; i++) {
            double value = gen.chance(0.5) ? gen.anyFinite() : gen.real(-1000, 1000);
            assertSame(spelled(gen, value));
        }
    }

    @Seeded(cases = 10)
    void equalsTheJdkOnRandomDigits(Gen gen) {
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder(gen.oneOf("", "-", "+"));
            appendDigits(gen, text, gen.integer(0, 25));
            if (gen.chance(0.7)) {
                text.append('.');
                appendDigits(gen, text, gen.integer(text.length() < 3 ? 1 : 0, 25));
            }
            if (text.toString().chars().noneMatch(Character::isDigit)) {
                continue;
            }
            if (gen.chance(0.4)) {
                text.append(gen.oneOf("e", "E")).append(gen.oneOf("", "-", "+")).append(gen.integer(0, 340));
            }
            assertSame(text.toString());
        }
    }

    @Seeded(cases = 10)
    void roundsTiesAndTheirNeighboursAsTheJdkDoes(Gen gen) {
        for (int i = 0; i < 1_000; i++) {
            double value = gen.chance(0.5) ? gen.real(1, 1e18) : Math.abs(gen.anyFinite());
            BigDecimal middle = new BigDecimal(value)
                    .add(new BigDecimal(Math.nextUp(value)))
                    .divide(BigDecimal.valueOf(2));
            assertSame(middle.toString());
            assertSame(middle.toPlainString());
            BigInteger digits = middle.unscaledValue();
            String nearly = digits.toString()
                    .substring(0, Math.min(19, digits.toString().length()));
            assertSame(nearly + "e" + (digits.toString().length() - nearly.length() - middle.scale()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0",
                "0.0",
                "-0.0",
                "00001",
                "1.",
                ".5",
                "-.5e1",
                "1e0",
                "1E+5",
                "1e-5",
                "9007199254740993",
                "18446744073709551615",
                "18446744073709551616",
                "1e22",
                "1e23",
                "123456789012345678e-5",
                "1e400",
                "-1e400",
                "1e-400",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1.7976931348623157e308",
                "1.7976931348623159e308",
                "2.2250738585072011e-308",
                "2.2250738585072014e-308",
                "0e999999999999",
                "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000001234567890123456789",
                "1e99999999999999999999",
                "1e-99999999999999999999",
                "100000000000000000000000000000000e-32",
                "12345678",
                "0.12345678",
                "0.1234567",
                "0.123456789012345",
                "0.1234567890123456",
                "8.5e127",
                "8.5e-128",
                "8.5e129"
            })
    void readsAsTheJdkDoes(String text) {
        assertSame(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "-.",
                "e5",
                ".e5",
                "1e",
                "1e+",
                "1e5.5",
                "1.2.3",
                "1,2",
                "1_000",
                "0x10",
                "0x1p3",
                "1f",
                "1d",
                "1D",
                "--1",
                "+-1",
                "1-",
                "NaN",
                "nan",
                "inf",
                "Infinity",
                "-Infinity",
                "1 ",
                " 1",
                "1e 5",
                "12a45678",
                "0.12345x78",
                "0.1234567/",
                "0.1234567:",
                "0.1234567８",
                "١٢٣",
                "½",
                "1.e",
                "0.1234567890123456789012345x"
            })
    void takesNothingElseForANumber(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Decimal.parse(bytes, 0, bytes.length)).isNaN();
        assertThat(parseWithin(text)).isNaN();
    }

    private static String spelled(Gen gen, double value) {
        return switch (gen.integer(0, 39)) {
            case 0 -> String.format(Locale.ROOT, "%.18e", value);
            case 1 -> String.format(Locale.ROOT, "%.6e", value);
            case 2 ->
                new BigDecimal(value).round(new MathContext(gen.integer(1, 25))).toString();
            default ->
                switch (gen.integer(0, 3)) {
                    case 0 -> Double.toString(value);
                    case 1 -> Double.toString(value).toLowerCase(Locale.ROOT);
                    case 2 -> Float.toString((float) Math.max(-1e38, Math.min(1e38, value)));
                    default -> (long) value + "." + gen.integer(0, 999_999);
                };
        };
    }

    private static void appendDigits(Gen gen, StringBuilder text, int count) {
        boolean zeros = gen.chance(0.2);
        for (int i = 0; i < count; i++) {
            text.append(zeros ? 0 : gen.integer(0, 9));
        }
    }

    private static void assertSame(String text) {
        double expected = Double.parseDouble(text);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        double alone = Decimal.parse(bytes, 0, bytes.length);
        double within = parseWithin(text);
        if (bits(alone) != bits(expected) || bits(within) != bits(expected)) {
            throw new AssertionError(text + " is " + expected + ", not " + alone + " or, among other text, " + within);
        }
    }

    /** Reads the number where it is followed by what might be taken for more of it. */
    private static double parseWithin(String text) {
        byte[] bytes = ("7" + text + "456789012345").getBytes(StandardCharsets.UTF_8);
        return Decimal.parse(bytes, 1, 1 + text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
