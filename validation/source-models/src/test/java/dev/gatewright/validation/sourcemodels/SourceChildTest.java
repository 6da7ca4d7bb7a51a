// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A child that misbehaves is no answer, and nothing of it is left. Foreign commands stand in for every kind. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are written for a Unix shell")
class SourceChildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DONE =
            "{\"gatewright\":1,\"status\":\"done\",\"outputs\":[{\"name\":\"y\",\"file\":\"o0.npy\"}]%s}";

    @TempDir
    Path folder;

    @BeforeEach
    void rows() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "a,b\n1,2\n3,4\n");
    }

    @Test
    void aForeignCommandAnswersByTheSameDocuments() throws Exception {
        SourceAnswer answer =
                export(answering(DONE.formatted(",\"model\":\"model.onnx\",\"versions\":{\"own\":\"1\"}")));

        assertThat(answer.model()).hasFileName("model.onnx");
        assertThat(answer.versions()).containsEntry("own", "1");
        assertThat(answer.weights()).isEqualTo(SourceWeights.UNKNOWN);
    }

    @Test
    void aForeignCommandMaySayWhatItsWeightsAre() throws Exception {
        String said = ",\"model\":\"model.onnx\",\"weights\":{\"trees\":18,\"bits\":11}";

        assertThat(export(answering(DONE.formatted(said))).weights()).isEqualTo(new SourceWeights(18, 11));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"gatewright":1,"status":"done"}                                                               | it has no outputs
            {"gatewright":2,"status":"done"}                                                               | its 'gatewright' is 2, expected 1
            {"gatewright":1,"status":"fine"}                                                               | its status is 'fine', expected done, failed or missing
            {"gatewright":1,"status":"done","status":"done"}                                               | Duplicate field 'status'
            {"gatewright":1,"status":"done","cwd":"/"}                                                     | it has the unknown key 'cwd'
            {"gatewright":1,"status":"done","outputs":[{"name":"y","file":"../../rows.csv"}]}              | '../../rows.csv' is not the plain name of a file
            {"gatewright":1,"status":"done","outputs":[{"name":"y","file":"link.npy"}]}                    | 'link.npy' is not the plain name of a file
            {"gatewright":1,"status":"done","outputs":[{"name":"y","file":"o9.npy"}]}                      | 'o9.npy' is not the plain name of a file
            {"gatewright":1,"status":"done","outputs":[{"name":"y","file":"o0.npy"},{"name":"y","file":"o0.npy"}]} | each of 'outputs' has a name of its own
            {"gatewright":1,"status":"done","outputs":[{"name":"y","file":"o0.npy"}]}                      | it has no model
            {"gatewright":1,"status":"done","weights":{"bits":25}}                                         | its 'bits' is 25, expected 1 to 24
            {"gatewright":1,"status":"done","weights":{"trees":0}}                                         | its 'trees' is 0, expected 1 to 100000000
            {"gatewright":1,"status":"done","weights":{"nodes":1}}                                         | 'weights' has the unknown key 'nodes'
            {"gatewright":1,"status":"done","outputs":[{"name":"y","file":"o0.npy"}],"model":"m.onnx"}     | 'm.onnx' is not the plain name of a file
            {"gatewright":1,"status":"done"}{}                                                             | something follows the document
            [                                                                                              | expected
            """)
    void anAnswerThatMakesNoSenseIsRefused(String document, String why) {
        assertThatThrownBy(() -> export(answering(document)))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void missingPackagesAreNamedWithTheLineThatInstallsThem() {
        assertThatThrownBy(() -> export(
                        answering("{\"gatewright\":1,\"status\":\"missing\",\"packages\":[\"onnx\",\"skl2onnx\"]}")))
                .isInstanceOf(SourceFailedException.class)
                .hasMessage("the command's export needs onnx, skl2onnx, which python3 does not have. Next: run python3"
                        + " -m pip install onnx skl2onnx");
    }

    @Test
    void aFailureIsToldInOneLineThatPrints() {
        assertThatThrownBy(
                        () -> export(
                                answering(
                                        "{\"gatewright\":1,\"status\":\"failed\",\"what\":\"no\\u001b[31m\\nroom.\",\"next\":\"make some\"}")))
                .isInstanceOf(SourceFailedException.class)
                .hasMessage("the command's export failed: no [31m room. Next: make some");
    }

    @Test
    void noAnswerIsNoAnswer() {
        assertThatThrownBy(() -> export("true"))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("left an answer that makes no sense: it is no file");
    }

    @Test
    void anExitCodeSaysThatItFailedWhateverItWrote() {
        assertThatThrownBy(() ->
                        export(answering(DONE.formatted(",\"model\":\"model.onnx\"")) + "; echo out of luck; exit 3"))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("ended with exit code 3; it said last: out of luck");
    }

    @Test
    void aCommandThatHangsIsEndedWithAllThatDetachedItself() throws IOException {
        String line = "setsid sh -c 'echo $$ > pid; exec sleep 1000' & sleep 1000";

        assertThatThrownBy(() -> export(line, Duration.ofSeconds(2)))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("did not end within its limit of 2 s");

        assertThat(isAlive()).isFalse();
    }

    @Test
    void whatACommandLeavesRunningIsEndedWithIt() throws Exception {
        String line = answering(DONE.formatted(",\"model\":\"model.onnx\""))
                + "; setsid sh -c 'echo $$ > pid; exec sleep 1000' > /dev/null & while [ ! -s pid ]; do :; done";

        export(line);

        assertThat(isAlive()).isFalse();
    }

    @Test
    void anInterruptEndsTheCommand() throws Exception {
        Thread.interrupted();
        Thread self = Thread.currentThread();
        CompletableFuture<Void> interrupting = CompletableFuture.runAsync(() -> {
            while (!Files.exists(folder.resolve("pid"))) {
                Thread.onSpinWait();
            }
            self.interrupt();
        });

        assertThatThrownBy(() -> export("echo $$ > pid; exec sleep 1000")).isInstanceOf(InterruptedException.class);

        interrupting.join();
        assertThat(isAlive()).isFalse();
    }

    @Test
    void theCommandGetsNoSecretsAndStaysOffline() throws Exception {
        export(answering(DONE.formatted(",\"model\":\"model.onnx\"")) + "; env > environment");

        assertThat(Files.readAllLines(folder.resolve("environment")))
                .contains("HF_HUB_OFFLINE=1", "TRANSFORMERS_OFFLINE=1", "ORT_DISABLE_TELEMETRY=1")
                .noneMatch(line -> line.matches("(?i).*(token|secret|password|proxy).*"));
    }

    @Test
    void anInterpreterThatIsNotThereIsNamed() {
        SourceModel model = new SourceModel(
                SourceKind.SCIKIT_LEARN,
                folder.resolve("rows.csv"),
                null,
                null,
                null,
                0,
                "regression",
                folder,
                "/no/python",
                PATIENCE);

        assertThatThrownBy(() -> SourceChild.export(model, inputs(), folder.resolve("rows.csv"), Children.work(folder)))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("/no/python")
                .hasMessageContaining("model.source.python");
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        SourceModel model = new SourceModel(
                SourceKind.SCIKIT_LEARN,
                folder.resolve("gone.pkl"),
                null,
                null,
                null,
                0,
                "regression",
                folder,
                "python3",
                PATIENCE);

        assertThatThrownBy(
                        () -> SourceChild.predict(model, inputs(), folder.resolve("rows.csv"), Children.work(folder)))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("gone.pkl is not there");
    }

    private boolean isAlive() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
    }

    /** Ended, where nobody asks for the exit code. */
    private static boolean isZombie(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        return Files.exists(stat) && Files.readString(stat).contains(") Z");
    }

    /** A command that leaves a model, an output, a link, and {@code document}. */
    private static String answering(String document) {
        return "at=$(dirname \"$GATEWRIGHT_REQUEST\")/answer; mkdir \"$at/outputs\"; echo > \"$at/model.onnx\";"
                + " echo > \"$at/outputs/o0.npy\"; ln -s /etc/hostname \"$at/outputs/link.npy\";"
                + " printf '%s' '" + document + "' > \"$at/answer.json\"";
    }

    private SourceAnswer export(String line) throws IOException, InterruptedException {
        return export(line, PATIENCE);
    }

    private SourceAnswer export(String line, Duration limit) throws IOException, InterruptedException {
        return SourceChild.export(
                Children.command(line, folder, limit), inputs(), folder.resolve("rows.csv"), Children.work(folder));
    }

    private List<FedTensor> inputs() throws IOException, InterruptedException {
        return Children.tensors(folder, Map.of("x", List.of("*")), Map.of());
    }
}
