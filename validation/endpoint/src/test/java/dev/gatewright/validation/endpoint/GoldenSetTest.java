// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden files are written and read without a loss, refused where they are none, and tell a wrong answer from a right one. */
class GoldenSetTest {
    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() throws Exception {
        GoldenSet set = new GoldenSet(
                Sums.DIGEST,
                List.of(
                        new TensorType("x", Datatype.FP32, List.of(2, 2)),
                        new TensorType("n", Datatype.UINT64, List.of()),
                        new TensorType("ok", Datatype.BOOL, List.of(1)),
                        new TensorType("words", Datatype.BYTES, List.of(2))),
                List.of(new TensorType("y", Datatype.FP64, List.of(1))),
                List.of(
                        new GoldenRow(
                                "holdout:1",
                                Map.of(
                                        "x", new Elements.Reals(0.1f, Double.NaN, 1e-40f, Double.NEGATIVE_INFINITY),
                                        "n", new Elements.Wholes(-1),
                                        "ok", new Elements.Wholes(1),
                                        "words", new Elements.Texts(List.of("ä\n\"", ""))),
                                new Label.OfClass("7"),
                                Map.of("y", new Elements.Reals(1 / 3.0))),
                        new GoldenRow(
                                "by hand",
                                Map.of(
                                        "x", new Elements.Reals(1, 2, 3, 4),
                                        "n", new Elements.Wholes(0),
                                        "ok", new Elements.Wholes(0),
                                        "words", new Elements.Texts(List.of("a", "b"))),
                                new Label.OfClasses(List.of("a", "c")),
                                Map.of()),
                        new GoldenRow(
                                "number",
                                Map.of(
                                        "x", new Elements.Reals(1, 2, 3, 4),
                                        "n", new Elements.Wholes(0),
                                        "ok", new Elements.Wholes(0),
                                        "words", new Elements.Texts(List.of("a", "b"))),
                                new Label.OfNumber(-0.25),
                                Map.of())),
                new Tolerance(0, 1e-6));
        Path file = folder.resolve("golden.json");

        set.write(file);

        assertThat(GoldenSet.read(file)).isEqualTo(set);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{} | it names no format; write \"format\": \"gatewright-golden/v1\"",
                "[] | expected an object",
                "{\"format\":\"gatewright-golden/v2\"} | 'gatewright-golden/v2' is not gatewright-golden/v1; a newer program may have written it",
                "HEAD} | it has no rows, and proves nothing",
                "HEAD,\"rows\":[]} | it has no rows, and proves nothing",
                "HEAD,\"roows\":[]} | roows: unknown key",
                "HEAD,\"rows\":[{\"inputs\":{\"x\":[1]},\"expected\":{\"label\":\"1\"}}]} | rows[0]: 1 elements; expected 2",
                "HEAD,\"rows\":[{\"inputs\":{\"x\":[1,2,3]},\"expected\":{\"label\":\"1\"}}]} | rows[0]: more than 2 elements",
                "HEAD,\"rows\":[{\"inputs\":{\"x\":[1,\"b\"]},\"expected\":{\"label\":\"1\"}}]} | rows[0]: expected a number, not 'b'",
                "HEAD,\"rows\":[{\"inputs\":{\"z\":[1,2]},\"expected\":{\"label\":\"1\"}}]} | rows[0]: 'z' is none of [x]",
                "HEAD,\"rows\":[{\"inputs\":{},\"expected\":{\"label\":\"1\"}}]} | row 'row 0' has no input 'x'",
                "HEAD,\"rows\":[{\"inputs\":{\"x\":[1,2]},\"expected\":{}}]} | row 'row 0' expects nothing; write its label, or outputs",
                "HEAD,\"rows\":[{\"inputs\":{\"x\":[1,2]},\"expected\":{\"outputs\":{\"sum\":[\"NaN\"]}}}]} | expects NaN or infinity of output 'sum'",
                "HEAD,\"rows\":[{\"inputs\":{\"x\":[1,2]},\"expected\":{\"outputs\":{\"sign\":[0.5]}}}]} | rows[0]: expected a whole number, not 0.5",
                "HEAD,\"rows\":[{\"id\":\"a\",\"id\":\"b\"}]} | Duplicate field 'id'",
                "HEAD,\"rows\":[1]} | rows[0]: expected an object",
                "HEAD,\"tolerance\":{\"absolute\":-1}} | tolerances are not negative, not -1.0",
            })
    void refusesWhatIsNoGoldenFile(String text, String sentence) throws Exception {
        Path file = folder.resolve("golden.json");
        Files.writeString(
                file,
                text.replace(
                        "HEAD",
                        "{\"format\":\"gatewright-golden/v1\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[2]}],"
                                + "\"outputs\":[{\"name\":\"sum\",\"datatype\":\"FP32\",\"shape\":[1]},"
                                + "{\"name\":\"sign\",\"datatype\":\"INT64\",\"shape\":[]}]"));

        assertThatThrownBy(() -> GoldenSet.read(file))
                .isInstanceOf(BadGoldenSetException.class)
                .hasMessageStartingWith(file + " is no golden file of the format gatewright-golden/v1: ")
                .hasMessageContaining(sentence.strip());
    }

    @Test
    void theOneOfTheReadmeIsOne() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```json") + "```json".length();
        Path file = folder.resolve("golden.json");
        Files.writeString(file, readme.substring(start, readme.indexOf("```", start)));

        assertThat(GoldenSet.read(file).rows()).hasSize(1);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> GoldenSet.read(folder.resolve("none.json")))
                .isInstanceOf(BadGoldenSetException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void tellsAWrongAnswerFromARightOne() {
        GoldenRow row = Sums.row("r", 1, 2);
        GoldenSet set = Sums.of(List.of(row));

        assertThat(set.mismatch(row, row.outputs(), false)).isEmpty();
        assertThat(set.mismatch(row, answer(3.0003, 1), false)).isEmpty();
        assertThat(sentence(set, row, answer(3.0004, 1)))
                .isEqualTo("row 'r', output 'sum' is 3.0004 in element 0, and the judged model answers 3.0");
        assertThat(sentence(set, row, answer(Double.NaN, 1))).contains("output 'sum' is NaN");
        assertThat(sentence(set, row, answer(3, 0)))
                .isEqualTo("row 'r', output 'sign' is 0 in element 0, and the judged model answers 1");
        assertThat(sentence(set, row, Map.of("sum", new Elements.Reals(3, 3), "sign", new Elements.Wholes(1))))
                .contains("has 2 elements, and the judged model answers 1");
    }

    @Test
    void anAnswerThatLacksAnOutputIsWrongUnlessTheEndpointHasNoMore() {
        GoldenRow row = Sums.row("r", 1, 2);
        GoldenSet set = Sums.of(List.of(row));
        Map<String, Elements> sumAlone = Map.of("sum", new Elements.Reals(3));

        assertThat(sentence(set, row, sumAlone)).contains("output 'sign' is not answered");
        assertThat(set.mismatch(row, sumAlone, true)).isEmpty();
        assertThat(set.mismatch(row, Map.of(), true)).isPresent();
    }

    private static Map<String, Elements> answer(double sum, long sign) {
        return Map.of("sum", new Elements.Reals(sum), "sign", new Elements.Wholes(sign));
    }

    private static String sentence(GoldenSet set, GoldenRow row, Map<String, Elements> answer) {
        return set.mismatch(row, answer, false).orElseThrow().sentence();
    }
}
