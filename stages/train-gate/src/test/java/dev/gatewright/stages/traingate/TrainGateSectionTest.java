// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.testkit.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainGateSectionTest {
    @TempDir
    private Path folder;

    /** Each with the sentence, and the line to write. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run=[]|a list is not text|",
                "run=\"a\\0b\"|no command and no variable can hold a zero character|",
                "metrics=build/metrics.txt|'build/metrics.txt' ends neither in .json nor in .csv|metrics: build/metrics.json",
                "metrics=/tmp/metrics.json|'/tmp/metrics.json' is not a path below the spec's folder|",
                "metrics=../metrics.json|'../metrics.json' is not a path below the spec's folder|",
                "metrics=.gatewright/m.json|'.gatewright/m.json' lies where the runs are kept|metrics: build/metrics.json",
                "outputs=[]|the list is empty|",
                "outputs=[.gatewright]|'.gatewright' lies where the runs are kept|outputs: [build/model.onnx]",
                "outputs=[build/../.gatewright/runs]|'.gatewright/runs' lies where the runs are kept|outputs: [build/model.onnx]",
                "outputs=[../model.onnx]|'../model.onnx' is not a path below the spec's folder|",
                "outputs=[.]|'.' is not a path below the spec's folder|",
                "outputs=build|a list belongs here, not 'build'|",
                "time-limit=0s|a time-limit of 0 lets nothing run|time-limit: 2h",
                "time-limit=2|'2' is not a length of time such as 90s or 15m|",
                "time-limit=-1s|'-1s' is not a length of time such as 90s or 15m|",
                "environment={A=B: c}|'A=B' is not the name of an environment variable|environment: {SEED: \"7\"}",
                "environment={1A: c}|'1A' is not the name of an environment variable|environment: {SEED: \"7\"}",
                "environment={A: \"x\\0y\"}|no command and no variable can hold a zero character|",
                "environment=SEED|a mapping from names to values belongs here, not 'SEED'|",
                "timelimit=2h|train-gate has no key 'timelimit'; did you mean 'time-limit'?|time-limit: 2h",
                "gates=[]|the list is empty|",
                "gates=[{metric: loss}]|a gate without a bound decides nothing|",
                "gates=[{max: 1}]|a gate of train-gate needs the key 'metric'|metric: accuracy",
                "gates=[{metric: loss, max: high}]|'high' is not a number|",
                "gates=[{metric: loss, max: .nan}]|'.nan' is not a number|",
                "gates=[{metric: loss, max: 1, confidence: 0.9}]|a gate of train-gate has no key 'confidence'|",
                "gates=[{metric: loss, max-degradation: 1}]|a gate of train-gate has no key 'max-degradation'|",
                "gates=[{metric: loss, max: 1, value: first}]|'first' is not one of last, best, worst|",
                "gates=[{metric: loss, min: 0.5, max: 0.4}]|no value can hold both min 0.5 and max 0.4|",
                "gates=[{metric: loss, value: best, min: 0, max: 1}]|which value is the best is not clear|value: last",
                "gates=[{metric: loss, min: 0, max: 1, patience: 3}]|which value is the best is not clear|",
                "gates=[{metric: loss, max: 1, patience: 0}]|'0' is not a whole number from 1 to|",
                "gates=[{metric: loss, max: 1, patience: 3, on-failure: warn}]|a gate with on-failure: warn ends no training|",
                "gates=[{metric: loss, max: 1, minus: {naive: f1, data: d}}]|'f1' is not one of accuracy, log_loss, mse|",
                "gates=[{metric: loss, max: 1, minus: {naive: mse}}]|minus needs the key 'data'|data: validation",
                "metrics={}|the numbers have one source: write one of tensorboard, mlflow, trainer-state,|metrics: build/metrics.json",
                "metrics={tensorboard: a, trainer-state: b}|the numbers have one source|metrics: build/metrics.json",
                "metrics={tensorboard: ../logs}|'../logs' is not a path below the spec's folder|",
                "metrics={tensorboard: .gatewright/logs}|'.gatewright/logs' lies where the runs are kept|",
                "metrics={mlflow: {server: h, experiment: e}}|the server is an http or https address of a host|server: \"https://mlflow.example.com\"",
                "metrics={mlflow: {server: \"http://u:p@h\", experiment: e}}|the server is an http or https address of a host|",
                "metrics={mlflow: {server: \"http://h/?token=t\", experiment: e}}|the server is an http or https address of a host|",
                "metrics={mlflow: {server: \"http://h\", experiment: e, user: u}}|a user needs the secret that is the password|secret: MLFLOW_TRACKING_TOKEN",
                "metrics={mlflow: {server: \"http://h\"}}|metrics.mlflow needs the key 'experiment'|experiment: digits",
                "metrics={tensorbord: logs}|train-gate.metrics has no key 'tensorbord'; did you mean 'tensorboard'?|tensorboard: build/logs",
                "metrics={output: {los: \"los: {number}\"}}|metrics.output has no pattern for 'loss', which a gate judges; did you mean 'los'?|output: {loss: \"loss: {number}\"}",
                "metrics={output: {}}|the mapping is empty|",
                "metrics={output: {loss: \"{number}\"}}|'{number}' has to say what stands before the number, and once {number}|",
                "gates=[{metric: loss, max: 1, on-failure: ignore}]|'ignore' is not one of block, warn, approve|",
            })
    void saysWhatIsWrongAndWhatToWrite(String setting, String sentence, String write) throws Exception {
        List<Problem> problems = problems("stages.train-gate." + setting);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).startsWith(sentence);
            assertThat(problem.place().line()).isPositive();
            if (write != null) {
                assertThat(problem.write()).isEqualTo(write);
            }
        });
    }

    @Test
    void saysAllProblemsAtOnce() throws Exception {
        assertThat(problems(
                        "stages.train-gate.metrics=a.txt",
                        "stages.train-gate.outputs=[.gatewright]",
                        "stages.train-gate.time-limit=0s",
                        "stages.train-gate.environment={1: a, 2: b}"))
                .hasSize(5);
    }

    @Test
    void readsEveryKey() throws Exception {
        write();
        TrainGateSection section = (TrainGateSection) new StageRun(new TrainGateStage(), folder)
                .spec(
                        "stages.train-gate.time-limit=2h",
                        "stages.train-gate.environment={SEED: 7, GREETING: \"a b\"}",
                        "stages.train-gate.python=.venv/bin/python",
                        "stages.train-gate.outputs=[build/../model.onnx]")
                .stages()
                .get(0)
                .section();

        assertThat(section.run()).isEqualTo("python train.py");
        assertThat(section.timeLimit()).isEqualTo(Duration.ofHours(2));
        assertThat(section.environment()).isEqualTo(Map.of("SEED", "7", "GREETING", "a b"));
        assertThat(section.python()).isEqualTo(".venv/bin/python");
        assertThat(section.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.value()).isEqualTo(Path.of("model.onnx")));
    }

    private List<Problem> problems(String... settings) throws IOException {
        write();
        StageRun run = new StageRun(new TrainGateStage(), folder);
        return catchThrowableOfType(InvalidRequestException.class, () -> run.spec(settings))
                .problems();
    }

    private void write() throws IOException {
        Files.writeString(folder.resolve("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: regression}
                stages:
                  train-gate:
                    run: python train.py
                    metrics: build/metrics.json
                    gates: [{metric: loss, max: 1}]
                """);
    }
}
