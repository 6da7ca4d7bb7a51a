// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerStateSourceTest extends MetricsSourceContract {
    private static final String LOSS = "metric: val_loss, max: 0.35";

    @Override
    protected String metrics() {
        return "{trainer-state: build/trainer}";
    }

    @Override
    protected String logs(TrainingFolder folder, List<Double> values) {
        StringBuilder history = new StringBuilder();
        values.forEach(value -> history.append("{\"step\": 1, \"val_loss\": ")
                .append(value)
                .append("}, {\"step\": 1, \"val_accuracy\": ")
                .append(value)
                .append("}, "));
        return write("checkpoint-3", history + "{\"step\": 2, \"val_accuracy\": 1.0}");
    }

    private static String write(String folder, String history) {
        String to = "build/trainer/" + folder;
        return "mkdir -p " + to + "; echo '{\"global_step\": 3, \"best_metric\": 0.1, \"log_history\": [" + history
                + "]}' > " + to + "/trainer_state.json\n";
    }

    @Test
    void takesTheWholeStateOrElseTheNewestCheckpoint(@TempDir Path path) throws Exception {
        TrainingFolder folder = new TrainingFolder(path).metrics(metrics());
        String checkpoints =
                write("checkpoint-9", "{\"val_loss\": 0.5}") + write("checkpoint-10", "{\"val_loss\": 0.25}");

        assertThat(TrainingFolder.sentences(folder.train(checkpoints, LOSS)))
                .containsExactly("val_loss 0.25 holds max 0.35");
        assertThat(TrainingFolder.sentences(
                        folder.metrics(metrics()).train(checkpoints + write(".", "{\"val_loss\": 0.125}"), LOSS)))
                .containsExactly("val_loss 0.125 holds max 0.35");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo x > build/trainer/x|there is no trainer_state.json in it, nor in a checkpoint-… in it",
                "echo {} > build/trainer/trainer_state.json|trainer_state.json has no list 'log_history', so no Trainer has"
                        + " written it",
                "echo '[]' > build/trainer/trainer_state.json|trainer_state.json has no list 'log_history', so no Trainer"
                        + " has written it",
                "echo '{\"log_history\": [' > build/trainer/trainer_state.json|trainer_state.json: Unexpected end-of-input",
                "echo '{\"log_history\": [3]}' > build/trainer/trainer_state.json|it is a list; expected",
            })
    void saysWhatIsWrong(String script, String sentence, @TempDir Path path) throws Exception {
        TrainingFolder folder = new TrainingFolder(path).metrics(metrics());

        assertThat(TrainingFolder.sentences(folder.train("mkdir build/trainer; " + script, LOSS))
                        .get(0))
                .startsWith("val_loss could not be judged: build/trainer cannot be read: " + sentence);
    }
}
