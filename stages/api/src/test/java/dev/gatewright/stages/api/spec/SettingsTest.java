// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --set}: what is wrong with it stands in the cases of {@link ProblemsTest}. */
class SettingsTest {
    private static final String SPEC = """
            gatewright: 1
            model: {name: m, task: binary-classification, classes: [a, b]}
            data:
              holdout: {path: a.csv, label: y, features: {x: [one, two]}}
            stages:
              evaluate-metrics:
                gates:
                  - {metric: accuracy, min: 0.9}
                  - {metric: accuracy, min: 0.8}
            """;

    @TempDir
    private Path folder;

    @Test
    void replacesAValue() {
        assertThat(read("model.name=other").model().name()).isEqualTo("other");
    }

    @Test
    void replacesAnItemOfAListAndWhatIsInIt() {
        Spec spec = read("model.classes[1]=c", "stages.evaluate-metrics.gates[1].min=0.7");

        assertThat(spec.model().classes()).containsExactly("a", "c");
        assertThat(spec.document().toJson()).asString().contains("0.9", "0.7").doesNotContain("0.8");
    }

    @Test
    void replacesAWholePartByYaml() {
        Spec spec = read("model.classes=[x, y]", "data={}", "model.positive: =y".replace(": ", ""));

        assertThat(spec.model().classes()).containsExactly("x", "y");
        assertThat(spec.model().positive().value()).isEqualTo("y");
        assertThat(spec.data()).isEmpty();
    }

    @Test
    void addsAKeyWithAllThatLeadsToIt() {
        Spec spec = read("device=cpu", "baseline.policy=none", "data.holdout.missing=nan");

        assertThat(spec.device()).isEqualTo(Spec.Device.CPU);
        assertThat(spec.data().get("holdout").missing()).isEqualTo(DataSection.Missing.NAN);
    }

    @Test
    void takesTheLastOfSeveral() {
        assertThat(read("device=cpu", "device=cuda").device()).isEqualTo(Spec.Device.CUDA);
    }

    @Test
    void keepsEqualsSignsOfTheValue() {
        assertThat(read("model.name=m", "data.holdout.path=\"a=b.csv\"")
                        .data()
                        .get("holdout")
                        .path()
                        .value())
                .isEqualTo(Path.of("a=b.csv"));
    }

    @Test
    void replacesVariablesInWhatIsSet() {
        assertThat(read("model.path=${env:MODEL}").model().path().value()).isEqualTo(Path.of("build/model.onnx"));
    }

    @Test
    void saysOfAWrongValueThatItWasSet() {
        assertThatThrownBy(() -> read("stages.evaluate-metrics.gates[0].min=high"))
                .hasMessage("--set stages.evaluate-metrics.gates[0].min=high:1:1: 'high' is not a number");
    }

    @Test
    void refusesAPathWithoutEnd() {
        assertThatThrownBy(() -> read("a" + ".a".repeat(30_000) + "=1"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("this is no key=value");
        assertThatThrownBy(() -> read("model.classes" + "[0]".repeat(30_000) + "=1"))
                .isInstanceOf(InvalidRequestException.class);
    }

    private Spec read(String... settings) {
        return Specs.read(folder, SPEC, List.of(settings).toArray(String[]::new));
    }
}
