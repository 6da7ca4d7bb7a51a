// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonBadDataTest {
    private static final Limits SMALL = new Limits(100, 1000, 10, 3, 20);
    private static final Field.Matrix X = new Field.Matrix("x", ElementType.FLOAT32, List.of("x"));
    private static final Field.Matrix N = new Field.Matrix("n", ElementType.INT8, List.of("n"));
    private static final Field.Matrix TEXT = new Field.Matrix("t", ElementType.STRING, List.of("t"));
    private static final Field.Scalar S = new Field.Scalar("n");
    private static final Field.ClassLabel LABEL =
            new Field.ClassLabel("t", List.of("a", "7", "true"), Field.Spelling.NAME);
    private static final Field.ClassLabel INDEX = new Field.ClassLabel("n", List.of("a", "b"), Field.Spelling.INDEX);
    private static final Field.Category CATEGORY = new Field.Category("t");
    private static final String SOUND = "{\"x\": [1, 2.5], \"n\": 1, \"t\": \"a\"}\n";

    @TempDir
    Path folder;

    static List<Arguments> rows() {
        return List.of(
                row(
                        "{\"x\": [1], \"n\": 1, \"t\": \"a\"}",
                        X,
                        "key 'x': found something else than an array of shape [2]"),
                row(
                        "{\"x\": [1,2,3], \"n\": 1, \"t\": \"a\"}",
                        X,
                        "expected an array of that shape, as in the first line"),
                row("{\"x\": [1,[2]], \"n\": 1, \"t\": \"a\"}", X, "found something else than an array of shape [2]"),
                row("{\"x\": 1, \"n\": 1, \"t\": \"a\"}", X, "found something else than an array of shape [2]"),
                row("{\"x\": null, \"n\": 1, \"t\": \"a\"}", X, "found something else than an array of shape [2]"),
                row("{\"x\": [1,{}], \"n\": 1, \"t\": \"a\"}", X, "found something else than an array of shape [2]"),
                row("{\"x\": [1,\"2\"], \"n\": 1, \"t\": \"a\"}", X, "found '\"2\"' (value 2 of 2), expected a number"),
                row(
                        "{\"x\": [1,null], \"n\": 1, \"t\": \"a\"}",
                        X,
                        "found null (value 2 of 2), expected a number; if the"),
                row(
                        "{\"x\": [NaN,1], \"n\": 1, \"t\": \"a\"}",
                        X,
                        "found 'NaN' (value 1 of 2), expected a number; if the"),
                row(
                        "{\"x\": [1,Infinity], \"n\": 1, \"t\": \"a\"}",
                        X,
                        "found 'Infinity' (value 2 of 2), expected a number"),
                row(
                        "{\"x\": [1,1e39], \"n\": 1, \"t\": \"a\"}",
                        X,
                        "found '1e39' (value 2 of 2), expected a finite number"),
                row(
                        "{\"x\": [1,2], \"n\": [1], \"t\": \"a\"}",
                        N,
                        "key 'n': found an array or an object, expected a single"),
                row(
                        "{\"x\": [1,2], \"n\": {}, \"t\": \"a\"}",
                        N,
                        "key 'n': found an array or an object, expected a single"),
                row("{\"x\": [1,2], \"n\": 1.0, \"t\": \"a\"}", N, "key 'n': found '1.0', expected a whole number"),
                row("{\"x\": [1,2], \"n\": 128, \"t\": \"a\"}", N, "key 'n': found '128', expected a whole number"),
                row("{\"x\": [1,2], \"n\": \"1\", \"t\": \"a\"}", N, "key 'n': found '\"1\"', expected a whole number"),
                row("{\"x\": [1,2], \"n\": \"1\", \"t\": \"a\"}", S, "key 'n': found '\"1\"', expected a number"),
                row("{\"x\": [1,2], \"n\": null, \"t\": \"a\"}", S, "key 'n': found null, expected a number"),
                row(
                        "{\"x\": [1,2], \"n\": \"1\", \"t\": \"a\"}",
                        INDEX,
                        "found '\"1\"', expected the index of a class"),
                row("{\"x\": [1,2], \"n\": null, \"t\": \"a\"}", INDEX, "found null, expected the index of a class"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": 7.0}", LABEL, "found '7.0', expected one of the 3 classes"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": \"A\"}", LABEL, "found '\"A\"', expected one of the 3 classes"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": null}", LABEL, "found null, expected one of the 3 classes"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": null}", CATEGORY, "found null, expected a category"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": \"\"}", CATEGORY, "found '\"\"', expected a category"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": 1}", TEXT, "key 't': found '1', expected text"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": null}", TEXT, "key 't': found null, expected text"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": \"\"}", TEXT, "key 't': found '\"\"', expected text"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": \"\\ud83d\"}", TEXT, "found an escape that is half a character"),
                row("{\"x\": [1,2], \"n\": 1}", X, "key 't': found no such key, expected the same keys in each line"),
                row(
                        "{\"x\": [1,2], \"n\": 1, \"t\": 1, \"u\": 1}",
                        X,
                        "key 'u': found a key that the first line does not"),
                row(
                        "{\"x\": [1,2], \"n\": 1, \"t\": 1, \"n\": 1}",
                        X,
                        "key 'n': found this key twice, expected each key once"),
                row("[1, 2]", X, "found an array, expected one JSON object a line"),
                row("7", X, "found a single value, expected one JSON object a line"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": 1} {}", X, "found more behind the object"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": 1", X, "found something that is not JSON"),
                row("{\"x\": [1,2], \"n\": 01, \"t\": 1}", X, "found something that is not JSON"),
                row("{'x': [1,2], 'n': 1, 't': 1}", X, "something that is not JSON at byte 2 of the line: ''x'"),
                row(
                        "{\"x\": [1,2], \"n\": 1, \"t\": \"" + "b".repeat(200) + "\"}",
                        TEXT,
                        "found a text of more than 100 bytes"),
                row("{\"x\": [1,2], \"n\": " + "[".repeat(200) + "}", X, "arrays in arrays more than 64 deep"),
                row(" ".repeat(1001), X, "found a line of more than 1000 bytes"),
                row("{\"x\": [1,2], \"n\": 1, \"t\": \"\0\"}", X, "found a NUL byte, expected text in UTF-8"),
                row("\n" + SOUND, X, "(line 2): found a blank line, expected a row, since other rows follow"));
    }

    private static Arguments row(String line, Field field, String sentence) {
        return Arguments.of(line, field, sentence);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesARowThatDoesNotHoldWhatTheFieldNeeds(String line, Field field, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("data.jsonl"), SOUND + line + "\n");
        assertThatThrownBy(() -> Contents.of(file, SMALL, 8, field))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith(file + ", ")
                .hasMessageContaining("line 2")
                .hasMessageContaining(sentence.replace("(line 2): ", ""));
    }

    @Test
    void refusesALineThatIsCutShortAnywhere() throws IOException {
        for (int length = 1; length < SOUND.length() - 1; length++) {
            Path file = Files.writeString(folder.resolve("data.jsonl"), SOUND + SOUND.substring(0, length));
            assertThatThrownBy(() -> Contents.of(file, SMALL, 8, X)).isInstanceOf(BadDataException.class);
        }
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Path file = folder.resolve("data.jsonl");
        Files.write(file, "{\"a\": \"Ren\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DataFile.open(file)).hasMessageContaining("the byte 0xe9, which is not UTF-8");
        Files.write(file, "{\"a\": \"x\"}\n".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> DataFile.open(file)).hasMessageContaining("found a NUL byte");
    }

    @Test
    void refusesAFileWithoutARow() throws IOException {
        for (String text : List.of("", "\n\n", "\ufeff")) {
            Path file = Files.writeString(folder.resolve("data.jsonl"), text);
            assertThatThrownBy(() -> DataFile.open(file))
                    .hasMessage(file + ": found no rows, expected a JSON object in each line");
        }
    }

    @Test
    void refusesWhatTheFirstLineShowsToBeUnfit() throws IOException {
        Path file = Files.writeString(
                folder.resolve("data.jsonl"),
                "{\"o\": {\"a\": 1}, \"ragged\": [[1], [1, 2]], \"mixed\": [1, [2]], \"none\": [], \"t\": \"a\","
                        + " \"x\": [1, 2], \"deep\": [[[[[[[[[[1]]]]]]]]]]}\n");
        assertThat(problem(file, new Field.Scalar("o")))
                .contains("holds objects; write each of their values under a key");
        for (String key : List.of("ragged", "mixed", "none", "deep")) {
            assertThat(problem(file, new Field.Scalar(key))).contains("holds arrays whose parts differ in length");
        }
        assertThat(problem(file, new Field.Scalar("t"))).contains("has '\"a\"' in its first row, which is no number");
        assertThat(problem(file, new Field.Scalar("x"))).contains("has 2 values a row, where one is wanted");
        assertThat(problem(file, new Field.Scalar("y"))).contains("has no key 'y'");
    }

    private static String problem(Path path, Field field) {
        try (DataFile file = DataFile.open(path)) {
            return ((Problems) file.select(List.of(field))).list().get(0).sentence();
        }
    }

    @Test
    void keepsNoKeysBeyondTheLimit() throws IOException {
        StringBuilder line = new StringBuilder("{\"a\": 1");
        for (int i = 0; i < 10; i++) {
            line.append(", \"b").append(i).append("\": 1");
        }
        Path file = Files.writeString(folder.resolve("data.jsonl"), line + "}\n");
        assertThatThrownBy(() -> DataFile.open(file, SMALL)).hasMessageContaining("found more than 10 keys");
    }
}
