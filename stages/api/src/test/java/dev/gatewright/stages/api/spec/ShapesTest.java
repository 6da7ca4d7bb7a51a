// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "90s, PT1M30S",
        "15m, PT15M",
        "2h, PT2H",
        "0s, PT0S",
        "999999999h, PT999999999H",
    })
    void readsLengthsOfTime(String text, Duration duration) {
        assertThat(read(Shapes.duration(), text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "1.5h", "-1s", "1 s", "1S", "1d", "9999999999s", "1s2m", "s1", "٣s"})
    void refusesOtherLengthsOfTime(String text) {
        assertThat(read(Shapes.duration(), text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "12, 12",
        "-0.5, -0.5",
        "1e-3, 0.001",
        "1E3, 1000",
        "+5, 5",
        ".5, 0.5",
        "5., 5",
        "1e308, 1e308",
        "9007199254740993, 9007199254740992",
    })
    void readsNumbers(String text, double number) {
        assertThat(read(Shapes.number(), text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "one",
                "NaN",
                ".nan",
                "Infinity",
                ".inf",
                "-.inf",
                "0x10",
                "0o7",
                "1_000",
                "1,5",
                "1d",
                "1f",
                "1L",
                "--1",
                "1e",
                "e1",
                ".",
                "-",
                "1e400",
                "-1e400",
                "1/2",
                "95%",
                "true",
                "٣",
                "11111111111111111111111111111111111111111",
            })
    void refusesWhatIsNoNumber(String text) {
        assertThat(read(Shapes.number(), text)).isNull();
    }

    @Test
    void refusesNumbersInQuotes() {
        assertThat(Shapes.number().read(new SpecNode.Scalar("1", false, PLACE), new Problems()))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 100", "1e2, 100", "50.0, 50"})
    void readsCounts(String text, long count) {
        assertThat(read(Shapes.count(1, 100), text)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "1.5", "-1", "1e300", "many"})
    void refusesCountsOutsideTheirRange(String text) {
        assertThat(read(Shapes.count(1, 100), text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "model.v2", "a_b-c", "A9"})
    void takesNames(String text) {
        assertThat(read(Shapes.name(), text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", "_a", "a b", "a/b", "a\\b", "a\nb", "é", "a:b", "~", "null"})
    void refusesOtherNames(String text) {
        assertThat(read(Shapes.name(), text)).isNull();
    }

    @Test
    void refusesANameOfMoreThanAHundredLetters() {
        assertThat(read(Shapes.name(), "a".repeat(100))).isNotNull();
        assertThat(read(Shapes.name(), "a".repeat(101))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../..", "..", "../a", "/a", "a/../../b", "", "."})
    void keepsPathsBelowTheFolder(String text) {
        assertThat(read(Shapes.pathBelow(), text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a/b, a/b", "a/../b, b", "./a, a", "..a, ..a", "a/.., "})
    void normalizesPaths(String text, @Nullable String path) {
        assertThat(read(Shapes.pathBelow(), text)).isEqualTo(path == null ? null : Path.of(path));
    }

    @Test
    void takesOneItemForAListOnlyWhereThatIsSaid() {
        assertThat(read(Shapes.listOf(Shapes.text(), true), "a")).isEqualTo(List.of("a"));
        assertThat(read(Shapes.listOf(Shapes.text(), false), "a")).isNull();
    }

    @Test
    void readsNoListOfWhichOneItemIsWrong() {
        SpecNode node = new SpecNode.Sequence(
                List.of(new SpecNode.Scalar("1", true, PLACE), new SpecNode.Scalar("one", true, PLACE)), PLACE);
        Problems problems = new Problems();

        assertThat(Shapes.listOf(Shapes.number(), false).read(node, problems)).isNull();
        assertThat(problems.errors()).hasSize(1);
    }

    private static final Place PLACE = new Place("test", 1, 1);

    /** What {@code shape} reads of a word without quotes; a problem stands exactly where nothing is read. */
    private static <T> @Nullable T read(Shape<T> shape, String text) {
        Problems problems = new Problems();
        T value = shape.read(new SpecNode.Scalar(text, true, PLACE), problems);
        assertThat(problems.any()).isEqualTo(value == null);
        return value;
    }
}
