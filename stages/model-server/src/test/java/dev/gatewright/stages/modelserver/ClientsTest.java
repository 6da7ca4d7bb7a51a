// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Requires;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others that speak to the server. */
@Tag("python")
class ClientsTest {
    @TempDir
    private Path folder;

    @Test
    void tritonsClientGetsBackWhatItSends() throws Exception {
        Path python = Requires.python();
        Path script = folder.resolve("client.py");
        try (InputStream in = ClientsTest.class.getResourceAsStream("triton_client.py")) {
            Files.write(script, Objects.requireNonNull(in).readAllBytes());
        }
        try (RunningServer server = RunningServer.of(RunningServer.echo(folder, "N"), "")) {
            runs(List.of(python.toString(), script.toString(), server.url(), "m"));
        }
    }

    @Test
    void schemathesisFindsTheServerToDoWhatItsDocumentSays() throws Exception {
        Path python = Requires.python();
        String key = "0123456789abcdef";
        try (RunningServer server = RunningServer.of(
                RunningServer.classifier(folder), "\"keys\": [{\"environment\": \"KEY\"}]", Map.of("KEY", key))) {
            List<String> command = new ArrayList<>(
                    List.of(python.resolveSibling("schemathesis").toString(), "run", server.url() + "/openapi.json"));
            command.addAll(List.of("--header", "Authorization: Bearer " + key));
            command.addAll(List.of("--phases", "examples,coverage,fuzzing", "--max-examples", "10"));
            // Which shapes fit which data is more than a schema can say; the examples are held to be accepted.
            command.addAll(List.of("--generation-deterministic", "--exclude-checks", "positive_data_acceptance"));
            command.add("--no-color");
            String said = runs(command);

            assertThat(said).contains("Tested: 15");
            assertThat(RunningServer.text(server.get("/metrics", "Authorization", "Bearer " + key)))
                    .contains("gatewright_requests_total{endpoint=\"infer\",code=\"200\"}")
                    .contains("gatewright_requests_total{endpoint=\"predict\",code=\"200\"}")
                    .doesNotContain("code=\"500\"");
        }
    }

    private String runs(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
