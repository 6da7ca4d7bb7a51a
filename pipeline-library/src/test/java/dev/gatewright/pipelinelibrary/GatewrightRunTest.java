// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.gatewright.stages.api.host.ResultField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stage by the program, where no plugin is installed. */
class GatewrightRunTest {
    private static final String NO = "accuracy 0.93 is below min 0.95";

    @TempDir
    private Path folder;

    private Build build;
    private FakeProgram program;

    @BeforeEach
    void install() throws IOException {
        build = new Build(folder);
        program = new FakeProgram(folder.resolve("program")).ends(0, "PASSED", "DONE", "SUCCESS", "");
    }

    @ParameterizedTest
    @EnumSource
    void returnsTheMapOfThePluginsSteps(Groovy groovy) throws Exception {
        Map<?, ?> result = run(groovy, Map.of("stage", "evaluate-metrics"));

        assertThat(result.keySet().toArray())
                .isEqualTo(Arrays.stream(ResultField.values())
                        .map(ResultField::camelCase)
                        .toArray());
        assertThat(result.get("verdict")).isEqualTo("PASSED");
        assertThat(result.get("status")).isEqualTo("DONE");
        assertThat(result.get("metrics")).isEqualTo(Map.of("accuracy", 0.93));
        assertThat(result.get("image")).isNull();
        assertThat(build.unstable).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void failsWithTheSentenceAndKeepsTheReports(Groovy groovy) throws Exception {
        program.ends(1, "FAILED", "DONE", "FAILURE", NO);

        assertThatThrownBy(() -> run(groovy, Map.of("stage", "evaluate-metrics")))
                .isInstanceOf(Build.AbortException.class)
                .hasMessage(NO);

        assertThat(build.archived())
                .as("models are not among them")
                .containsExactly(
                        ".gatewright/runs/jenkins-team-digits-7/evaluate-metrics/report.json",
                        ".gatewright/runs/jenkins-team-digits-7/run.json");
    }

    @ParameterizedTest
    @EnumSource
    void marksTheBuildAndGoesOn(Groovy groovy) throws Exception {
        program.ends(3, "INCONCLUSIVE", "DONE", "UNSTABLE", NO);

        assertThat(run(groovy, Map.of()).get("verdict")).isEqualTo("INCONCLUSIVE");
        assertThat(build.unstable).containsExactly(NO);
        assertThat(build.archived()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWaitsIsNoFailure(Groovy groovy) throws Exception {
        program.ends(4, "NOT_EVALUATED", "WAITING", "SUCCESS", "it waits for an approval");

        assertThat(run(groovy, Map.of()).get("status")).isEqualTo("WAITING");
        assertThat(build.unstable).isEmpty();
    }

    @Test
    void theProgramIsToldAllAndAskedWhatCameOfIt() throws Exception {
        program.ends(1, FakeProgram.answer("r1", "FAILED", "DONE", "UNSTABLE", NO));

        run(
                Groovy.CPS,
                Map.of(
                        "stage", "quantize",
                        "spec", "models/digits.yaml",
                        "set", List.of("model.name=digits", "data.holdout.path=a b.csv"),
                        "runId", "r1",
                        "device", "cuda",
                        "failOn", "NOT_EVALUATED"));

        assertThat(program.calls())
                .containsExactly(
                        List.of(
                                "quantize",
                                "--host=shared-library",
                                "--run-id=r1",
                                "--set=model.name=digits",
                                "--set=data.holdout.path=a b.csv",
                                "--device=cuda",
                                "--",
                                "models/digits.yaml"),
                        List.of(
                                "result",
                                "--run-id=r1",
                                "--exit-code=1",
                                "--stage=quantize",
                                "--fail-on=NOT_EVALUATED",
                                "--",
                                "models/digits.yaml"));
    }

    @Test
    void theWholeSpecIsRunByDefaultInOneRunABuild() throws Exception {
        run(Groovy.CPS, Map.of());

        assertThat(program.calls())
                .containsExactly(
                        List.of(
                                "run",
                                "--host=shared-library",
                                "--run-id=jenkins-team-digits-7",
                                "--",
                                "gatewright.yaml"),
                        List.of("result", "--run-id=jenkins-team-digits-7", "--exit-code=0", "--", "gatewright.yaml"));
    }

    @Test
    void oneSettingNeedsNoList() throws Exception {
        run(Groovy.CPS, Map.of("set", "model.name=digits"));

        assertThat(program.calls().get(0)).contains("--set=model.name=digits");
    }

    @Test
    void theProgramOnThePathIsTheDefault() throws Exception {
        build.setPath(program.path().getParent() + ":/usr/bin:/bin");

        assertThat(((Map<?, ?>) Groovy.CPS.run("node('') { return gatewrightRun() }", build)).get("verdict"))
                .isEqualTo("PASSED");
    }

    @ParameterizedTest
    @EnumSource
    void whereThereIsNoProgramNothingWasJudged(Groovy groovy) throws Exception {
        assertThatThrownBy(() ->
                        run(groovy, Map.of("tool", folder.resolve("nowhere").toString())))
                .isInstanceOf(Build.AbortException.class)
                .hasMessageStartingWith(
                        "the program ended with exit code 127 (it is not there: name it by tool, or put it on the PATH)");
    }

    @Test
    void whereTheProgramCannotBeStartedNothingWasJudged() throws Exception {
        assertThat(program.path().toFile().setExecutable(false)).isTrue();

        assertThatThrownBy(() -> run(Groovy.CPS, Map.of()))
                .hasMessageStartingWith("the program ended with exit code 126 (it is there, and cannot be started)");
    }

    /** Whatever the exit code: 0 is no pass by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PASSED",
                "[]",
                "null",
                "{",
                "{}",
                "{\"verdict\": \"PASSED\", \"ending\": \"SUCCESS\"}",
            })
    void anAnswerThatIsNoneIsNotEvaluated(String answer) throws Exception {
        program.ends(0, answer);

        assertNothingWasJudged();
    }

    @Test
    void theAnswerOfAnotherRunIsNone() throws Exception {
        program.ends(0, FakeProgram.answer("jenkins-team-digits-6", "PASSED", "DONE", "SUCCESS", ""));

        assertNothingWasJudged();
    }

    @Test
    void anAnswerWithAFieldTooManyIsNone() throws Exception {
        program.ends(
                0,
                FakeProgram.answer("jenkins-team-digits-7", "PASSED", "DONE", "SUCCESS", "")
                        .replace("{\"verdict\"", "{\"secret\": 1, \"verdict\""));

        assertNothingWasJudged();
    }

    @Test
    void anAnswerThatIsTooDeepOrTooLongIsNone() throws Exception {
        program.ends(0, "[".repeat(100_000));
        assertNothingWasJudged();

        program.ends(
                0,
                FakeProgram.answer("jenkins-team-digits-7", "PASSED", "DONE", "SUCCESS", "")
                        + " ".repeat(5 * 1024 * 1024));
        assertNothingWasJudged();
    }

    @ParameterizedTest
    @CsvSource({"success", "OK", "''", "SUCCESSFUL"})
    void anEndingThatIsNoneFails(String ending) throws Exception {
        program.ends(0, "PASSED", "DONE", ending, "");

        assertThatThrownBy(() -> run(Groovy.CPS, Map.of()))
                .isInstanceOf(Build.AbortException.class)
                .hasMessage("PASSED");
    }

    @Test
    void avoidsSentencesThatAreEmpty() throws Exception {
        program.ends(3, "INCONCLUSIVE", "DONE", "UNSTABLE", "");

        run(Groovy.CPS, Map.of());

        assertThat(build.unstable).containsExactly("INCONCLUSIVE");
    }

    @ParameterizedTest
    @EnumSource
    void reportsAreKeptWhereTheStageIsAborted(Groovy groovy) throws Exception {
        run(Groovy.CPS, Map.of()); // an earlier part of the run has left reports
        build.abortedIn = 3;

        assertThatThrownBy(() -> run(groovy, Map.of())).hasMessage("Aborted by a person");

        assertThat(build.archived()).isNotEmpty();
        assertThat(build.blocks()).isEmpty();
    }

    @Test
    void aParameterThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> run(Groovy.CPS, Map.of("failon", "INCONCLUSIVE")))
                .hasMessage("gatewrightRun has no parameter failon;"
                        + " it has stage, spec, set, runId, device, tool, failOn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"./models/a,b/digits.yaml", "models/../models/a,b", "models//a,b/", "HERE/models/a,b/digits.yaml"
            })
    void pathsAreFromTheCurrentFolderWhateverTheSpecsIs(String spec) throws Exception {
        Path other = Files.createDirectories(build.workspace().resolve("models/a,b"));
        Files.writeString(other.resolve("gatewright.yaml"), "");
        Path kept = Files.createDirectories(other.resolve(".gatewright/runs/r1/quantize"));
        Files.writeString(kept.resolve("report.json"), "{}");
        program.ends(0, FakeProgram.answer("r1", "PASSED", "DONE", "SUCCESS", ""));

        Map<?, ?> result = run(
                Groovy.CPS,
                Map.of("spec", spec.replace("HERE", build.workspace().toString()), "runId", "r1"));

        assertThat(result.get("report")).isEqualTo("models/a,b/.gatewright/runs/r/evaluate-metrics/report.json");
        assertThat(result.get("model")).isEqualTo("models/a,b/model.onnx");
        assertThat(build.archived()).containsExactly("models/a,b/.gatewright/runs/r1/quantize/report.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../other/gatewright.yaml", "/etc/gatewright.yaml", "a/../../b", "C:/other/gatewright.yaml"})
    void aSpecOutsideOfTheWorkspaceIsNotRead(String spec) throws Exception {
        assertThatThrownBy(() -> run(Groovy.CPS, Map.of("spec", spec)))
                .hasMessage("spec: '" + spec + "' does not lie in the workspace " + build.workspace()
                        + "; what does not is not read");
        assertThat(program.calls()).isEmpty();
    }

    /** As Jenkins has them: cmd itself is not here. */
    @Test
    void onWindowsABatchFileGetsTheSameVariables() {
        build.unix = false;

        assertThatThrownBy(() -> run(Groovy.CPS, Map.of("spec", "a b & c.yaml")))
                .hasMessageStartingWith("the program ended with exit code 9009 (it is not there");

        assertThat(build.scripts).extracting(Build.Script::step).containsExactly("bat", "bat");
        assertThat(build.scripts.get(0).environment())
                .contains(
                        entry("GATEWRIGHT_ARGUMENTS", "6"),
                        entry("GATEWRIGHT_ARGUMENT_2", "run"),
                        entry("GATEWRIGHT_ARGUMENT_6", "a b & c.yaml"));
        assertThat(build.scripts.get(0).text()).startsWith("@echo off\r\n").doesNotContain("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "%PATH%", "!x!", "a^b", "a\nb", "models\\", "a\tb"})
    void whatABatchFileCannotHandOnIsRefused(String value) {
        build.unix = false;

        assertThatThrownBy(() -> run(Groovy.CPS, Map.of("spec", value)))
                .hasMessageStartingWith("a batch file cannot hand on ")
                .hasMessageEndingWith(": leave out \", %, !, ^, line breaks, and a \\ at the end");
        assertThat(build.scripts).isEmpty();
    }

    private void assertNothingWasJudged() {
        assertThatThrownBy(() -> run(Groovy.CPS, Map.of()))
                .isInstanceOf(Build.AbortException.class)
                .hasMessage(
                        "the program ended with exit code 0, and does not say what came of it; the log above says why");
    }

    private Map<?, ?> run(Groovy groovy, Map<String, ?> parameters) throws Exception {
        build.parameters.clear();
        build.parameters.put("tool", program.path().toString());
        build.parameters.putAll(parameters);
        return (Map<?, ?>) groovy.run("@Library('gatewright') _\nnode('') { return gatewrightRun(params) }", build);
    }
}
