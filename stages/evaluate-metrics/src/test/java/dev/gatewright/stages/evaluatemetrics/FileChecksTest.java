// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.testkit.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileChecksTest {
    private EvaluationFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) throws IOException {
        folder = new EvaluationFolder(path).writeRows().writeModel("model.onnx", 0);
    }

    @Test
    void findsNothingWrongWithWhatFits() throws Exception {
        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label: Y, features: {x: \"x*\"}|column 'Y' for the class label; did you mean 'y'? => label: y",
                "label: target, features: {x: \"x*\"}|column 'target' for the class label; it has 'x0', 'x1', 'y', 'writer'",
                "label: y, features: {x: [x0, x2]}|column 'x2' for input 'x'; did you mean 'x0'? => features: {x: \"x0\"}",
                "label: y, features: {x: \"z*\"}|no column that matches 'z*' for input 'x'; it has",
                "label: y, features: {x: x0}|input 'x' takes 2 values a row, but",
                "label: y, features: {x: [x0, writer]}|column 'writer' of",
                "label: y, features: {X: \"x*\"}|the model has no input 'X'; did you mean 'x'? => features: {x: [\"x*\"]}",
                "label: y, features: {image: \"x*\"}|the model has no input 'image'; known: x => features: {x: [\"x*\"]}",
                "label: y, features: {x: \"x*\"}, slices: [wirter]|did you mean 'writer'? => slices: [writer]",
            })
    void saysWhichColumnOrInputIsNotThere(String keys, String said) throws Exception {
        folder.data("{path: holdout.csv, " + keys + "}");

        assertThat(found()).singleElement().asString().contains(said);
    }

    @Test
    void saysAllAtOnce() throws Exception {
        folder.data("{path: holdout.csv, label: Y, features: {x: [x0, x9]}, slices: [wirter]}");

        assertThat(EvaluationFolder.found(folder.ofModel("{metric: acuracy, min: 0.9}")))
                .hasSize(4);
    }

    @Test
    void looksAtColumnsThoughTheModelIsNotThereYet() throws Exception {
        Files.delete(folder.path("model.onnx"));
        assertThat(found()).isEmpty();

        folder.data("{path: holdout.csv, label: y, features: {anything: [x0, nothing]}}");
        assertThat(found()).singleElement().asString().contains("no column 'nothing' for input 'anything'");

        folder.data("{path: holdout.csv, label: y, features: {anything: [writer]}}");
        assertThat(found()).as("a model may take texts").isEmpty();
    }

    @Test
    void looksAtNothingThatIsNotThereYet() throws Exception {
        Files.delete(folder.path("holdout.csv"));
        Files.delete(folder.path("model.onnx"));
        folder.head("baseline: {policy: pinned, path: champion.onnx, digest: \"" + "0".repeat(64) + "\"}");

        assertThat(found()).isEmpty();
    }

    /** What lies there is of an older training. */
    @Test
    void looksAtNothingThatTrainGateWillWrite() throws Exception {
        folder.data("{path: made/holdout.csv, label: Y, features: {other: \"x*\"}}");
        Files.createDirectories(folder.path("made"));
        Files.copy(folder.path("holdout.csv"), folder.path("made/holdout.csv"));
        assertThat(found()).isNotEmpty();

        folder.head("stages:\n  train-gate: {run: \"true\", outputs: [model.onnx, made]}");
        StageRun run = folder.ofModel(EvaluationFolder.ACCURACY);
        assertThat(EvaluationFolder.found(run.with(new AnyKeys()))).isEmpty();
    }

    @Test
    void holdsThePinnedDigestAgainstTheFile() throws Exception {
        folder.writeModel("champion.onnx", 0.2F);
        String digest = EvaluationFolder.digest(folder.path("champion.onnx"));

        folder.head("baseline: {policy: pinned, path: champion.onnx, digest: \"" + digest + "\"}");
        assertThat(found()).isEmpty();
        folder.head("baseline: {policy: pinned, path: champion.onnx, digest: \"" + "0".repeat(64) + "\"}");
        assertThat(found())
                .containsExactly(
                        "champion.onnx has the digest " + digest + ", and the spec pins another one; put the pinned"
                                + " model there, or pin this one if it is the one that is meant => digest: " + digest);
    }

    @Test
    void holdsTheNamesThatAModelCarriesAgainstTheSpec() throws Exception {
        EvaluationFolder.model(0)
                .metadata("gatewright.classes", "[\"yes\",\"no\"]")
                .metadata("gatewright.features", "[\"x1\",\"x0\"]")
                .writeTo(folder.path("named.onnx"));
        folder.writeModel("model.onnx", 0);
        Files.move(
                folder.path("named.onnx"),
                folder.path("model.onnx"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Thread.sleep(50);

        assertThat(found())
                .containsExactlyInAnyOrder(
                        "the model names its classes [\"yes\",\"no\"], and the spec [\"no\",\"yes\"] => classes: [\"yes\",\"no\"]",
                        "the model names its features [\"x1\",\"x0\"], and these columns are [\"x0\",\"x1\"]; select the"
                                + " columns in the model's order");
    }

    /** They end as not evaluated, with a report; the spec is right. */
    @Test
    void warnsOfFilesThatCannotBeRead() throws Exception {
        Files.writeString(folder.path("holdout.csv"), "");
        Files.writeString(folder.path("model.onnx"), "no model");
        Thread.sleep(50);

        assertThat(found())
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning).startsWith("warning: nothing will be judged"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prediction: siad|column 'siad' for the class label; did you mean 'said'? => prediction: said",
                "scores: \"q_*\"|no column that matches 'q_*' for input 'scores'",
                "scores: [p_no]|takes 2 values a row, but",
                "scores: [p_no, p_yse]|did you mean 'p_yes'? => scores: \"p_yes\"",
                "prediction: said, slices: [pen]|column 'pen' for a category",
            })
    void looksAtTheColumnsOfPredictions(String keys, String said) throws Exception {
        assertThat(EvaluationFolder.found(folder.ofPredictions(keys, EvaluationFolder.ACCURACY)))
                .singleElement()
                .asString()
                .contains(said);
    }

    private List<String> found() throws IOException {
        return EvaluationFolder.found(folder.ofModel(EvaluationFolder.ACCURACY));
    }
}
