// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowSourceTest extends MetricsSourceContract {
    private static FakeMlflow mlflow;

    @BeforeAll
    static void start() throws IOException {
        mlflow = new FakeMlflow();
    }

    @AfterAll
    static void end() {
        mlflow.close();
    }

    @Override
    protected String metrics() {
        return "{mlflow: {server: \"" + mlflow.address() + "\", experiment: digits}}";
    }

    @Override
    protected String logs(TrainingFolder folder, List<Double> values) {
        mlflow.willLog(folder.path("logged"), values);
        return "echo $MLFLOW_RUN_ID > logged; [ $MLFLOW_TRACKING_URI = " + mlflow.address() + " ] || exit 9";
    }

    @Test
    void marksARunThatTheTrainingDidNotEnd(@TempDir Path path) throws Exception {
        new TrainingFolder(path).metrics(metrics()).train("exit 3", "metric: val_loss, max: 1");
        assertThat(mlflow.lastUpdate()).contains("\"status\":\"FAILED\"");

        new TrainingFolder(path)
                .metrics(metrics())
                .keys("time-limit: 300ms")
                .train("sleep 300", "metric: val_loss, max: 1");
        assertThat(mlflow.lastUpdate()).contains("\"status\":\"KILLED\"");
    }

    @Test
    void saysWhatToCallWhereNothingWasLogged(@TempDir Path path) throws Exception {
        assertThat(TrainingFolder.sentences(
                        new TrainingFolder(path).metrics(metrics()).train("exit 0", "metric: val_loss, max: 1")))
                .containsExactly(
                        "val_loss could not be judged: the MLflow run cannot be read: the training logged nothing"
                                + " to it; mlflow.start_run() takes the run that MLFLOW_RUN_ID names");
    }
}
