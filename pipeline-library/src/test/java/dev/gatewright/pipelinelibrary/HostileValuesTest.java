// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value is ever read by a shell: each arrives at the program as it was written. */
class HostileValuesTest {
    private static final List<String> HOSTILE = List.of(
            "$(touch pwned)",
            "`touch pwned`",
            "; touch pwned",
            "\"; touch pwned; \"",
            "'; touch pwned; '",
            "\\",
            "\\\"",
            "a\ntouch pwned\n",
            "$PATH",
            "${GATEWRIGHT_ARGUMENT_1}",
            "$$",
            "%PATH%",
            "* ? [a-z]",
            "  two  blanks  ",
            "\t",
            "--keep-serving",
            "-- run",
            "&& touch pwned",
            "| tee pwned",
            "> pwned",
            "#",
            "!!",
            "~root",
            "=",
            "\u00e4\u20ac\ud83d\ude80",
            "@arguments");

    @TempDir
    private Path folder;

    private Build build;
    private FakeProgram program;

    @BeforeEach
    void install() throws IOException {
        build = new Build(folder);
        program = new FakeProgram(folder.resolve("program")).ends(2, "");
        build.parameters.put("tool", program.path().toString());
    }

    static List<String> hostile() {
        return HOSTILE;
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void arriveAsTheyWereWritten(String value) throws Exception {
        String spec = value.startsWith("@") ? "./" + value : value;
        for (String name : List.of("spec", "runId", "device", "failOn")) {
            build.parameters.put(name, value);
        }
        build.parameters.put("set", List.of(value, value));

        refused();

        assertThat(program.calls())
                .containsExactly(
                        List.of(
                                "run",
                                "--host=shared-library",
                                "--run-id=" + value,
                                "--set=" + value,
                                "--set=" + value,
                                "--device=" + value,
                                "--",
                                spec),
                        List.of("result", "--run-id=" + value, "--exit-code=2", "--fail-on=" + value, "--", spec));
        assertThat(folder.resolve("workspace/pwned")).doesNotExist();
    }

    /** It is the first argument, and might be an option, or a file with more. */
    @ParameterizedTest
    @MethodSource("hostile")
    void aStageHasToBeAWord(String value) throws Exception {
        build.parameters.put("stage", value);

        assertThatThrownBy(() -> Groovy.CPS.run("node('') { gatewrightRun(params) }", build))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no stage ");
        assertThat(program.calls()).isEmpty();
    }

    @Test
    void aThousandOfThemDoToo() throws Exception {
        Random random = new Random(7);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                value.append("\"'`$(){}[]<>|&;*?~#!%^\\\n\t\r =-+,./aZ0\u00e9\u4e2d".charAt(random.nextInt(37)));
            }
            values.add(value.toString());
        }
        build.parameters.put("set", values);

        refused();

        assertThat(program.calls().get(0).subList(3, 1003))
                .isEqualTo(values.stream().map("--set="::concat).toList());
    }

    @Test
    void theTextsThatAShellReadsAreTheSameForAll() throws Exception {
        refused();
        List<String> texts = build.scripts.stream().map(Build.Script::text).toList();
        build.scripts.clear();
        build.parameters.put("spec", "$(touch pwned)");
        build.parameters.put("set", HOSTILE);

        refused();

        assertThat(build.scripts).extracting(Build.Script::text).isEqualTo(texts);
        assertThat(texts).doesNotHaveDuplicates().hasSize(2);
    }

    /** A name in which a shell would find a command. */
    @Test
    void theProgramsPathIsSuchAValueToo() throws Exception {
        Path path = Files.createDirectories(folder.resolve("a $(touch pwned); b"));
        build.parameters.put("tool", new FakeProgram(path).ends(2, "").path().toString());

        refused();

        assertThat(folder.resolve("workspace/pwned")).doesNotExist();
        assertThat(path.resolve("calls")).exists();
    }

    /** Neither by its folder nor by its name does a spec choose what is kept with the build. */
    @Test
    void onlyReportsOfTheRunAreKept() throws Exception {
        Files.writeString(build.workspace().resolve("secret.txt"), "secret");
        for (String value : List.of("**/x.yaml", "secret.txt,b/x.yaml", "b/,secret.txt,", "**", "*")) {
            build.parameters.put("spec", value);
            refused();
            build.parameters.remove("spec");
            build.parameters.put("runId", value);
            refused();
        }

        assertThat(build.archived()).doesNotContain("secret.txt");
    }

    private void refused() {
        assertThatThrownBy(() -> Groovy.CPS.run("node('') { gatewrightRun(params) }", build))
                .isInstanceOf(Build.AbortException.class);
    }
}
