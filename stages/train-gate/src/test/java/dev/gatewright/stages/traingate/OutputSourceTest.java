// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.spec.InvalidRequestException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputSourceTest extends MetricsSourceContract {
    @Override
    protected String metrics() {
        return "{output: {val_loss: \"val_loss: {number}\", val_accuracy: \"acc={number}\"}}";
    }

    @Override
    protected String logs(TrainingFolder folder, List<Double> values) {
        StringBuilder script = new StringBuilder();
        values.forEach(value -> script.append("echo 'epoch 1/9 val_loss: ")
                .append(value)
                .append(", acc=")
                .append(value)
                .append("'\n"));
        return script + "echo acc=1.0 >&2";
    }

    /** Which numbers there can be is known before the training. */
    @Test
    @Override
    void namesTheNumbersThatAreThere() {
        assertThatThrownBy(() -> folder.train("touch trained", "metric: val_los, max: 0.35"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no pattern for 'val_los', which a gate judges; did you mean 'val_loss'?");
        assertThat(folder.path("trained")).doesNotExist();
    }

    @Test
    void saysThatNoLineFits(@TempDir Path path) throws Exception {
        TrainingFolder folder = new TrainingFolder(path).metrics(metrics());

        assertThat(TrainingFolder.sentences(folder.train("echo loss: 0.3", "metric: val_loss, max: 1")))
                .containsExactly("val_loss could not be judged: val_loss in the output stands in no line that fits"
                        + " 'val_loss: {number}'");
    }

    @Test
    void saysWhatStandsInThePlaceOfANumber(@TempDir Path path) throws Exception {
        TrainingFolder folder = new TrainingFolder(path).metrics(metrics());
        String script = "echo 'val_loss: 0.5'; echo 'val_loss: n/a'; echo 'val_loss: 0.3'";

        assertThat(TrainingFolder.sentences(folder.train(script, "metric: val_loss, max: 1")))
                .containsExactly(
                        "val_loss could not be judged: val_loss in the output has 'n/a' in line 2, where a number"
                                + " is expected");
    }
}
