// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramCallTest {
    /** What a shell, a batch file, an option parser or a template would take for more than text. */
    private static final List<String> HOSTILE = List.of(
            "'",
            "\"",
            "`touch ran`",
            "$(touch ran)",
            "${IFS}",
            "$HOME",
            "$$",
            "$",
            "%PATH%",
            "!PATH!",
            "\\",
            "\\\\n",
            "\n",
            "\n\n",
            "\r",
            "\t",
            " ",
            "  ",
            ";touch ran;",
            "&touch ran&",
            "|touch ran",
            ">ran",
            "<ran",
            "*",
            "?",
            "[a-z]",
            "~",
            "#",
            "--help",
            "-rf",
            "--",
            "@/etc/passwd",
            "@",
            "=",
            ",",
            "{a,b}",
            "$GATEWRIGHT_PROGRAM",
            "${GATEWRIGHT_ARGUMENT_1}",
            "\u0001",
            "\u001b[31m",
            "'; touch ran; '",
            "\"; touch ran; \"",
            "EOF",
            "a",
            "9");

    @TempDir
    private Path folder;

    @Test
    void everyValueArrivesAsItIs() throws Exception {
        List<String> values = new ArrayList<>(HOSTILE);
        Random random = new Random(7);
        while (values.size() < 1_000) {
            StringBuilder value = new StringBuilder();
            for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
                value.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
            }
            values.add(value.toString());
        }
        values.removeIf(String::isBlank); // which a form leaves where nothing was entered
        FakeProgram program = FakeProgram.in(folder.resolve("program")).does("env >environment; exit 2");
        TestBuild build = TestBuild.in(folder, program.home());
        GateStep step = new EvaluateMetricsStep();
        step.setSet(values);
        step.setDevice("$(touch ran)");
        step.setSpec("--help `touch ran`\n.yaml");

        assertThat(build.start(step).failure()).hasMessageContaining("NOT_EVALUATED");

        List<String> expected =
                new ArrayList<>(List.of("evaluate-metrics", "--host=jenkins", "--run-id=jenkins-team-a-digits-1"));
        values.forEach(value -> expected.add("--set=" + value));
        expected.addAll(List.of("--device=$(touch ran)", "--", "--help `touch ran`\n.yaml"));
        assertThat(program.arguments()).isEqualTo(expected);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.endsWith("ran"))).isEmpty();
        }
        assertThat(Files.readString(build.workspace().resolve("environment")))
                .doesNotContain("GATEWRIGHT_ARGUMENT", "GATEWRIGHT_PROGRAM");
    }

    /** The parser of the command line would put the file's lines in its place. */
    @Test
    void aSpecIsNoFileOfArguments() throws Exception {
        FakeProgram program = FakeProgram.in(folder.resolve("program"));
        GateStep step = new GatewrightStep();
        step.setSpec("@arguments");

        assertThat(TestBuild.in(folder, program.home()).start(step).failure()).isNotNull();

        assertThat(program.arguments()).startsWith("run").endsWith("--", "./@arguments");
    }

    @Test
    void aValueThatNoProgramCanBeGivenIsRefused() throws Exception {
        FakeProgram program = FakeProgram.in(folder.resolve("program"));
        GateStep step = new GatewrightStep();
        step.setSet(List.of("a=\0"));

        assertThatThrownBy(() -> TestBuild.in(folder, program.home()).start(step))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("NUL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"b", "%PATH%", "!x!", "a&b", "a|b", "a>b", "a<b", "a^b", "a\nb", "a\rb", "(a)", "`a`", "ends\\"
            })
    void onWindowsWhatWouldNotArriveIsRefused(String value) throws Exception {
        ProgramCall call = new ProgramCall("gatewright", List.of("run", "--set=" + value));

        assertThatThrownBy(() -> call.check(false)).isInstanceOf(AbortException.class);
        call.check(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"stages.evaluate-metrics.gates[0].min=0.9", "models\\digits\\gatewright.yaml", "a b", "Größe=1"})
    void onWindowsWhatArrivesIsAllowed(String value) throws Exception {
        new ProgramCall("gatewright", List.of("run", "--set=" + value)).check(false);
    }
}
