// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A reference implementation that runs live in the tests' Python: one process answers one JSON document a line with one
 * JSON document a line.
 *
 * <p>The script is a resource beside the test. It defines {@code answer(question)}; the loop around it is made here.
 * Non-finite numbers travel as Python's {@code NaN} and {@code Infinity}.
 */
public final class PythonReference implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();
    private static final String LOOP = """

            if __name__ == "__main__":
                import json, sys
                for line in sys.stdin:
                    print(json.dumps(answer(json.loads(line))), flush=True)
            """;

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path script;

    private PythonReference(Process process, Path script) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.script = script;
    }

    /** Starts the script {@code resource} of {@code test}'s package; the test is skipped where there is no Python. */
    public static PythonReference start(Class<?> test, String resource) {
        Path python = Requires.python();
        try (InputStream in = test.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource + " beside " + test.getName());
            }
            Path script = Files.createTempFile("reference-", ".py");
            Files.writeString(script, new String(in.readAllBytes(), StandardCharsets.UTF_8) + LOOP);
            Process process = new ProcessBuilder(python.toString(), "-W", "ignore", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new PythonReference(process, script);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the reference " + resource, e);
        }
    }

    /** The reference's answer to {@code question}, a tree of maps, lists, numbers and strings. */
    public JsonNode ask(Object question) {
        try {
            questions.write(JSON.writeValueAsString(question));
            questions.write('\n');
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the reference ended: its error output says why");
            }
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the reference does not answer: its error output says why", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the reference", e);
        }
    }
}
