// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PythonPackagesTest {
    @TempDir
    private Path path;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "python train.py|python",
                "python3.11 -m train|python3.11",
                "  .venv/bin/python3 train.py|.venv/bin/python3",
                "python|python",
                "./train|",
                "uv run python train.py|",
                "pythonic train.py|",
            })
    void findsTheInterpreterThatACommandStartsWith(String run, String interpreter) throws Exception {
        assertThat(PythonPackages.interpreter(section(run, ""))).isEqualTo(java.util.Optional.ofNullable(interpreter));
        assertThat(PythonPackages.interpreter(section(run, "python: other"))).contains("other");
    }

    @Test
    void keepsTheAnswerOfTheInterpreter() throws Exception {
        assertThat(ask("""
                echo a warning
                echo '{"python": "3.11.2"}'
                echo '{"name": "numpy", "version": "2.3.4"}'
                echo '{"name": "onnx", "version": "1.20.0"}'
                echo '{"complete": true}'
                """)).isEqualTo("{python=3.11.2, packages={numpy=2.3.4, onnx=1.20.0}}");
    }

    @Test
    void saysWhyThereIsNoAnswer() throws Exception {
        assertThat(ask("echo no such module; exit 3")).endsWith(" ended with exit code 3: no such module}");
        assertThat(ask("exit 0")).endsWith(" gave no list of its packages}");
        assertThat(ask("echo '{\"python\": \"3.11.2\"}'")).endsWith(" gave no list of its packages}");
        assertThat(ask("sleep 300")).endsWith(" did not list its packages within 1 s}");
        assertThat(ask("yes")).contains("error=");
        assertThat(ask("(sleep 300 &) ; sleep 300 & wait")).endsWith(" did not list its packages within 1 s}");
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    @Tag("python")
    void asksTheRealOne() throws Exception {
        Path python = Requires.python();
        Files.writeString(
                path.resolve("train.py"),
                "import json; json.dump({'loss': [float('nan'), 0.5][1:]}, open('m.json', 'w'))\n");
        write(python + " train.py", "");

        Report report = new StageRun(new TrainGateStage(), path).run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        Json.Obj recorded = report.document().object("environment").object("python");
        assertThat(recorded.text("python").orElseThrow()).startsWith("3.");
        assertThat(recorded.object("packages").members()).containsKeys("numpy", "onnx");
    }

    private String ask(String script) throws Exception {
        Path interpreter = Files.writeString(path.resolve("a python's"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(interpreter, PosixFilePermissions.fromString("rwxr-xr-x"));
        Json.Obj answer =
                new PythonPackages(Duration.ofSeconds(1)).ask("./a python's", section("./train", ""), path, path);
        return show(answer);
    }

    private static String show(Json.Obj object) {
        StringBuilder text = new StringBuilder();
        object.members()
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(name)
                        .append('=')
                        .append(value instanceof Json.Obj nested ? show(nested) : ((Json.Text) value).value()));
        return "{" + text + "}";
    }

    private TrainGateSection section(String run, String more) throws IOException {
        write(run, more);
        return (TrainGateSection)
                new StageRun(new TrainGateStage(), path).spec().stages().get(0).section();
    }

    private void write(String run, String more) throws IOException {
        Files.writeString(
                path.resolve("gatewright.yaml"),
                "gatewright: 1\nmodel: {name: m, task: regression}\nstages:\n  train-gate:\n    run: \"" + run
                        + "\"\n    metrics: m.json\n    gates: [{metric: loss, max: 1}]\n    " + more + "\n");
    }
}
