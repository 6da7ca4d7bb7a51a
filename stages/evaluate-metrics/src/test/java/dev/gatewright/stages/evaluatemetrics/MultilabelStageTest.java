// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage on rows of any number of classes. */
class MultilabelStageTest {
    private static final String PREDICTIONS = "label: \"is_*\", prediction: [said_cat, said_dog], scores: \"p_*\"";

    @TempDir
    Path folder;

    @Test
    void judgesEachRowByItsClassesAndTellsWhatIsCounted() throws Exception {
        Report report = of(
                        PREDICTIONS,
                        "{metric: hamming_loss, max: 0.4}",
                        "{metric: subset_accuracy, min: 0.9}",
                        "{metric: f1, class: dog, min: 0.5}",
                        "{metric: subset_accuracy, threshold: 0.95, min: 0.6}")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(EvaluationFolder.sentences(report))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("hamming_loss 0.375 (n=4) holds max 0.4"),
                        second -> assertThat(second).startsWith("subset_accuracy 0.5 (n=4) is below min 0.9"),
                        third -> assertThat(third).isEqualTo("f1[class=dog] 0.6667 (n=4) holds min 0.5"),
                        fourth -> assertThat(fourth).startsWith("subset_accuracy[threshold=0.95] 0.5 (n=4) is below"));
        Json.Obj facts = report.document().object("facts");
        assertThat(facts.items("labelled")).containsExactly(Json.of(2L), Json.of(1L));
        assertThat(facts.items("predicted")).containsExactly(Json.of(2L), Json.of(2L));
        assertThat(facts.items("correct")).containsExactly(Json.of(1L), Json.of(1L));
    }

    @Test
    void columnsInAnotherOrderThanTheClassesAreFoundBeforeTheRun() throws Exception {
        assertThat(EvaluationFolder.found(
                        of("label: [is_dog, is_cat], scores: \"p_*\"", "{metric: hamming_loss, max: 0.3}")))
                .containsExactly("the columns [is_dog, is_cat] are called like the classes [cat, dog], but stand in"
                        + " another order; name them in the order of model.classes");
        assertThat(EvaluationFolder.found(
                        of("label: \"is_*\", scores: [p_dog, p_cat]", "{metric: hamming_loss, max: 0.3}")))
                .singleElement()
                .asString()
                .contains("the columns [p_dog, p_cat] are called like the classes");
    }

    @Test
    void oneColumnForEachClassIsNeeded() throws Exception {
        assertThat(EvaluationFolder.found(of("label: is_cat, scores: \"p_*\"", "{metric: hamming_loss, max: 0.3}")))
                .singleElement()
                .asString()
                .contains("label", "1", "2");
    }

    private StageRun of(String predictions, String... gates) throws IOException {
        Files.writeString(folder.resolve("tags.csv"), """
                is_cat,is_dog,said_cat,said_dog,p_cat,p_dog
                1,0,1,0,0.9,0.2
                1,0,0,0,0.4,0.3
                0,1,0,1,0.1,0.99
                0,0,1,1,0.7,0.8
                """);
        Files.writeString(
                folder.resolve("gatewright.yaml"), """
                gatewright: 1
                model: {name: tags, task: multilabel-classification, classes: [cat, dog]}
                stages:
                  evaluate-metrics:
                    predictions: {path: tags.csv, %s}
                    gates:
                      - %s
                """.formatted(predictions, String.join("\n      - ", gates)));
        return new StageRun(new EvaluateMetricsStage(), folder);
    }
}
