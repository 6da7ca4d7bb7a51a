// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.spec.BaselineSection.Policy;
import dev.gatewright.stages.api.spec.DataSection.LabelSpelling;
import dev.gatewright.stages.api.spec.DataSection.Missing;
import dev.gatewright.validation.metrics.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
    private static final String SMALLEST = """
            gatewright: 1
            model: {name: m, task: regression}
            stages:
              train-gate: {}
            """;
    private static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @TempDir
    private Path folder;

    @Test
    void readsEverythingThatWasWritten() {
        Spec spec = Specs.read(folder, """
                stages:
                  evaluate-metrics:
                    data: holdout
                    gates: [{metric: accuracy, min: 0.9}, {metric: f1, max-degradation: 0.01, confidence: 0.95}]
                  train-gate: {run: python train.py}
                device: cuda
                baseline: {digest: %s, policy: pinned, path: ../champion.onnx}
                data:
                  holdout:
                    path: data/./holdout.csv
                    label: {column: y, as: index}
                    features: {image: "pixel_*", other: [a, b]}
                    slices: [writer, 7]
                    missing: nan
                  another: {path: /data/b.npz, label: digit, features: {x: x}}
                model:
                  name: digits
                  task: binary-classification
                  path: build/model.onnx
                  classes: ["no", 1]
                  positive: 1
                  scores: probabilities
                  scores-are: logits
                gatewright: 1
                """.formatted(DIGEST));

        ModelSection model = spec.model();
        assertThat(model.name()).isEqualTo("digits");
        assertThat(model.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(model.path().value()).isEqualTo(Path.of("build/model.onnx"));
        assertThat(model.classes()).containsExactly("no", "1");
        assertThat(model.classIndex()).containsExactly(Map.entry("no", 0), Map.entry("1", 1));
        assertThat(model.positive().value()).isEqualTo("1");
        assertThat(model.scores().value()).isEqualTo("probabilities");
        assertThat(model.scoresAre()).isEqualTo(ModelSection.ScoreKind.LOGITS);
        assertThat(spec.baseline().policy()).isEqualTo(Policy.PINNED);
        assertThat(spec.baseline().path().value()).isEqualTo(Path.of("../champion.onnx"));
        assertThat(spec.baseline().digest().value()).isEqualTo(DIGEST);
        assertThat(spec.device()).isEqualTo(Spec.Device.CUDA);
        assertThat(spec.data()).containsOnlyKeys("holdout", "another");
        DataSection holdout = spec.data().get("holdout");
        assertThat(holdout.path().value()).isEqualTo(Path.of("data/holdout.csv"));
        assertThat(holdout.path().place()).hasToString(folder.resolve("gatewright.yaml") + ":10:11");
        assertThat(holdout.label().names()).containsExactly("y");
        assertThat(holdout.label().spelling()).isEqualTo(LabelSpelling.INDEX);
        assertThat(holdout.features()).containsOnlyKeys("image", "other");
        assertThat(holdout.features().get("image")).extracting(Placed::value).containsExactly("pixel_*");
        assertThat(holdout.features().get("other")).extracting(Placed::value).containsExactly("a", "b");
        assertThat(holdout.slices()).extracting(Placed::value).containsExactly("writer", "7");
        assertThat(holdout.missing()).isEqualTo(Missing.NAN);
        assertThat(spec.resolve(holdout.path().value())).isEqualTo(folder.resolve("data/holdout.csv"));
        assertThat(spec.resolve(Path.of("/data/b.npz"))).isEqualTo(Path.of("/data/b.npz"));
        assertThat(spec.data().get("another").label().spelling()).isEqualTo(LabelSpelling.NAME);
        assertThat(spec.stage(StageName.TRAIN_GATE)).isPresent();
        assertThat(spec.stage(StageName.QUANTIZE)).isEmpty();
    }

    @Test
    void takesDefaultsThatTakeNoSide() {
        Spec spec = Specs.read(folder, SMALLEST);

        assertThat(spec.device()).isEqualTo(Spec.Device.AUTO);
        assertThat(spec.baseline().policy()).isEqualTo(Policy.NONE);
        assertThat(spec.data()).isEmpty();
        assertThat(spec.model().scoresAre()).isEqualTo(ModelSection.ScoreKind.PROBABILITIES);
        assertThat(spec.model().path()).isNull();
    }

    @Test
    void ordersStagesAsTheyRunAndDataAsItWasWritten() {
        Spec spec = Specs.read(folder, """
                gatewright: 1
                model: {name: m, task: regression}
                data:
                  z: {path: a, label: y, features: {x: a}}
                  b: {path: a, label: y, features: {x: a}}
                  y: {path: a, label: y, features: {x: a}}
                  a: {path: a, label: y, features: {x: a}}
                stages:
                  evaluate-metrics: {}
                  train-gate: {}
                """);

        assertThat(spec.stages())
                .extracting(plan -> plan.stage().name())
                .containsExactly(StageName.TRAIN_GATE, StageName.EVALUATE_METRICS);
        assertThat(spec.data().keySet()).containsExactly("z", "b", "y", "a");
    }

    @Test
    void findsTheSpecOfAFolder() throws IOException {
        Files.writeString(folder.resolve("gatewright.yaml"), SMALLEST);

        Spec spec = Specs.reader().read(folder, List.of());

        assertThat(spec.file()).isEqualTo(folder.resolve("gatewright.yaml"));
        assertThat(spec.folder()).isEqualTo(folder);
    }

    @Test
    void isTheSameSpecWhateverOrderQuotesOrCommentsItIsWrittenWith() {
        String one = Specs.read(folder, SMALLEST).digest();
        String other = Specs.read(folder, """
                        # the same
                        "stages": {"train-gate": {}}
                        'model':
                          task: 'regression'
                          name: "m"
                        gatewright: 1
                        """).digest();

        assertThat(other).isEqualTo(one).matches("[0-9a-f]{64}");
    }

    /** Each pair is two specs: a digest that were the same would let one be judged and the other be shown. */
    @ParameterizedTest
    @CsvSource({
        "7, 007",
        "1, 1.0",
        "10, 1e1",
        "12345678901234567890, 12345678901234567891",
        "0.1, 0.10000000000000001",
        "a, b",
        "a, A",
        "é, e\u0301",
    })
    void tellsSpecsOfDifferentClassesApart(String one, String other) {
        String spec = """
                gatewright: 1
                model: {name: m, task: binary-classification, classes: [%s, x]}
                stages: {train-gate: {}}
                """;

        Spec first = Specs.read(folder, spec.formatted(one));
        Spec second = Specs.read(folder, spec.formatted(other));

        assertThat(first.model().classes()).isNotEqualTo(second.model().classes());
        assertThat(first.digest()).isNotEqualTo(second.digest());
    }

    @Test
    void givesTheResolvedSpecItsDigest() {
        String written =
                Specs.read(folder, SMALLEST.replace("name: m", "name: build")).digest();

        assertThat(Specs.read(folder, SMALLEST, "model.name=build").digest()).isEqualTo(written);
        assertThat(Specs.read(folder, SMALLEST.replace("{name: m, task", "{name: \"${env:LEAST}\", task"))
                        .digest())
                .isEqualTo(Specs.read(folder, SMALLEST.replace("name: m", "name: \"0.9\""))
                        .digest());
    }

    @Test
    void unfoldsAliases() {
        Spec spec = Specs.read(folder, """
                gatewright: 1
                model: {name: m, task: regression}
                data:
                  a: &a {path: a.csv, label: y, features: {x: [&x one, *x]}}
                  b: *a
                stages:
                  train-gate: {}
                """);

        assertThat(spec.data().get("b").path().value()).isEqualTo(Path.of("a.csv"));
        assertThat(spec.data().get("b").features().get("x"))
                .extracting(Placed::value)
                .containsExactly("one", "one");
    }

    @Test
    void carriesAllProblemsInItsMessage() {
        assertThatThrownBy(() -> Specs.read(folder, "gatewright: 2\nmodel: x\n"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("gatewright.yaml:1:13: this program reads version 1")
                .hasMessageContaining("gatewright.yaml:2:8: model is a mapping")
                .hasMessageContaining("a spec needs the key 'stages'\n    write: stages:");
    }
}
