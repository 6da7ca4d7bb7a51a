// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"loss\": 0.5, \"n\": 3}|{loss=[0.5], n=[3.0]}",
                "{\"loss\": [0.5, 0.4], \"lr\": [1e-3, 1E-4]}|{loss=[0.5, 0.4], lr=[0.001, 1.0E-4]}",
                "[{\"epoch\": 1, \"loss\": 0.5}, {\"epoch\": 2, \"loss\": 0.4}]|{epoch=[1.0, 2.0], loss=[0.5, 0.4]}",
                "{\"val\": {\"loss\": 0.5, \"top\": {\"k\": 1}}}|{val.loss=[0.5], val.top.k=[1.0]}",
                "{\"log_history\": [{\"loss\": 0.5}, {\"eval_loss\": 0.4}, {\"loss\": 0.3}]}"
                        + "|{log_history.loss=[0.5, 0.3], log_history.eval_loss=[0.4]}",
                "{\"loss\": NaN, \"best\": -Infinity}|{loss=[NaN], best=[-Infinity]}",
                "{\"loss\": [0.5, NaN, 0.4]}|{loss=[0.5, NaN, 0.4]}",
                "\uFEFF{\"loss\": 1}|{loss=[1.0]}",
                "{}|{}",
            })
    void readsTheFormsOfJson(String json, String series) throws Exception {
        TrainingNumbers numbers = json(json);

        assertThat(numbers.series()).hasToString(series);
        assertThat(numbers.unusable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"loss\": null}|is null",
                "{\"loss\": \"0.3\"}|is the text \"0.3\"",
                "{\"loss\": true}|is true",
                "{\"loss\": []}|is an empty list",
                "{\"loss\": [0.5, null]}|has null among its values",
                "{\"loss\": [0.5, \"nan\"]}|has the text \"nan\" among its values",
                "{\"loss\": [[0.5]]}|has a list among its values",
                "{\"loss\": [0.5, {\"x\": 1}]}|has an object among its values",
                "[{\"loss\": 0.5}, {\"loss\": null}]|is null",
                "[{\"loss\": null}, {\"loss\": 0.5}]|is null",
            })
    void remembersWhatIsNoNumber(String json, String what) throws Exception {
        assertThat(json(json).unusable()).isEqualTo(Map.of("loss", what));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|the document is empty",
                "{|Unexpected end-of-input",
                "{\"loss\": 0.|Decimal point not followed by a digit, line 1, column 11",
                "{\"loss\": 0.5|Unexpected end-of-input",
                "{\"loss\": [0.5, |Unexpected end-of-input",
                "{\"loss\": 0.5}}|Unexpected close marker",
                "{\"loss\": 0.5} {}|something follows the document's end",
                "{\"loss\": 0.5, \"loss\": 0.1}|Duplicate field 'loss'",
                "{\"a.b\": 1, \"a\": {\"b\": 2}}|two of its numbers are called 'a.b'",
                "{\"a\": {\"b\": 1}, \"a.b\": 2}|two of its numbers are called 'a.b'",
                "{\"a\": [{\"b\": 1}], \"a.b\": [2, 3]}|two of its numbers are called 'a.b'",
                "{\"loss\": 1e999}|larger than a double holds",
                "0.5|it is a number; expected an object of numbers, or a list of such objects",
                "\"0.5\"|it is the text \"0.5\"; expected",
                "null|it is null; expected",
                "[]|it is an empty list; expected",
                "[0.5, 0.4]|it is a list; expected",
                "[{\"loss\": 0.5}, 0.4]|it is a list; expected",
                "loss: 0.5|Unrecognized token 'loss'",
                "{'loss': 0.5}|Unexpected character",
            })
    void saysWhatIsWrongWithJson(String json, String sentence) {
        assertThatThrownBy(() -> json(json)).isInstanceOf(IOException.class).hasMessageContaining(sentence);
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

        assertThatThrownBy(() -> json(deep)).isInstanceOf(IOException.class).hasMessageContaining("depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.json", "metrics.csv"})
    void refusesWhatIsNotUtf8(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.write(file, "{\"l\u00F6ss\": 1}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> MetricsFile.read(file, false)).hasMessageContaining("not UTF-8");

        Files.write(file, "loss\n1\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> MetricsFile.read(file, false)).hasMessageContaining("not UTF-8");
    }

    @Test
    void readsAFileOfTheLargestSizeAndRefusesALargerOne() throws Exception {
        Path file = folder.resolve("metrics.json");
        String json = "{\"loss\": 1}";
        Files.writeString(file, json + " ".repeat(MetricsFile.LARGEST - json.length()));
        assertThat(MetricsFile.read(file, false).series()).isEqualTo(Map.of("loss", List.of(1.0)));

        Files.writeString(file, json + " ".repeat(MetricsFile.LARGEST - json.length() + 1));
        assertThatThrownBy(() -> MetricsFile.read(file, false)).hasMessageStartingWith("it has more than 32 MiB");
    }

    @Test
    void readsNeitherFoldersNorWhatIsNotThere() {
        assertThatThrownBy(() -> MetricsFile.read(folder.resolve("no.json"), false))
                .hasMessage("there is no such file");
        Path inTheWay = folder.resolve("a.json");
        assertThat(inTheWay.toFile().mkdir()).isTrue();
        assertThatThrownBy(() -> MetricsFile.read(inTheWay, false)).hasMessage("it is no file");
    }

    /** A report must stay small, whatever a training logs. */
    @Test
    void showsEvenlyChosenValuesOfALongSeries() {
        List<Double> values = java.util.stream.IntStream.range(0, 100_001)
                .mapToObj(i -> (double) i)
                .toList();
        TrainingNumbers numbers = new TrainingNumbers(Map.of("loss", values), Map.of());

        List<Double> shown = numbers.toJson(List.of()).items("loss").stream()
                .map(item -> ((dev.gatewright.stages.api.json.Json.Num) item).value())
                .toList();

        assertThat(shown)
                .hasSize(TrainingNumbers.MOST_SHOWN)
                .isSorted()
                .startsWith(0.0, 100.0)
                .endsWith(100_000.0);
    }

    private TrainingNumbers json(String text) throws IOException {
        return MetricsFile.read(Files.writeString(folder.resolve("metrics.json"), text), false);
    }
}
