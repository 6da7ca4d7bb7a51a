// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole pipeline in one call. */
class GatewrightPipelineTest {
    private static final String NO = "accuracy 0.93 is below min 0.95";
    private static final String JENKINSFILE = """
            @Library('gatewright') _
            def told = 'nobody was told'
            try {
                gatewrightPipeline(params + [
                    agent: 'linux',
                    stages: ['train-gate', 'evaluate-metrics'],
                    notify: { result -> told = "$result.verdict $result.runId: $result.why" },
                ])
            } finally {
                echo(told)
            }
            """;

    @TempDir
    private Path folder;

    private Build build;
    private FakeProgram program;

    @BeforeEach
    void install() throws IOException {
        build = new Build(folder);
        program = new FakeProgram(folder.resolve("program")).ends(0, "PASSED", "DONE", "SUCCESS", "");
        build.parameters.put("tool", program.path().toString());
    }

    @ParameterizedTest
    @EnumSource
    void runsTheStagesOneAfterTheOther(Groovy groovy) throws Exception {
        groovy.run(JENKINSFILE, build);

        assertThat(build.stages).containsExactly("checkout", "train-gate", "evaluate-metrics");
        assertThat(program.calls())
                .extracting(call -> call.get(0))
                .containsExactly("train-gate", "result", "evaluate-metrics", "result");
        assertThat(build.log).endsWith("PASSED jenkins-team-digits-7: \n");
    }

    @ParameterizedTest
    @EnumSource
    void endsWithAStageThatFailsAndTellsIt(Groovy groovy) throws Exception {
        program.ends(1, "FAILED", "DONE", "FAILURE", NO);

        assertThatThrownBy(() -> groovy.run(JENKINSFILE, build))
                .isInstanceOf(Build.AbortException.class)
                .hasMessage(NO);

        assertThat(build.stages).containsExactly("checkout", "train-gate");
        assertThat(build.log).endsWith("FAILED jenkins-team-digits-7: " + NO + "\n");
        assertThat(build.archived()).isNotEmpty();
    }

    /** After it no stage of the run can start: it stays yellow, and is not made red by a refusal. */
    @ParameterizedTest
    @EnumSource
    void endsWithAStageThatIsUnstable(Groovy groovy) throws Exception {
        program.ends(3, "INCONCLUSIVE", "DONE", "UNSTABLE", NO);

        groovy.run(JENKINSFILE, build);

        assertThat(build.stages).containsExactly("checkout", "train-gate");
        assertThat(build.unstable).containsExactly(NO);
        assertThat(build.log).endsWith("INCONCLUSIVE jenkins-team-digits-7: " + NO + "\n");
    }

    @Test
    void endsWithAStageThatWaits() throws Exception {
        program.ends(4, "NOT_EVALUATED", "WAITING", "SUCCESS", "it waits");

        run(JENKINSFILE);

        assertThat(build.stages).containsExactly("checkout", "train-gate");
        assertThat(build.unstable).isEmpty();
    }

    /** Of the stage before it nothing is told: that passed. */
    @ParameterizedTest
    @EnumSource
    void aStageThatIsAbortedIsTold(Groovy groovy) throws Exception {
        build.abortedIn = 3;

        assertThatThrownBy(() -> groovy.run(JENKINSFILE, build)).hasMessage("Aborted by a person");

        assertThat(build.stages).containsExactly("checkout", "train-gate", "evaluate-metrics");
        assertThat(build.log)
                .endsWith("NOT_EVALUATED jenkins-team-digits-7: the pipeline was ended before the verdict: "
                        + Build.AbortException.class.getName() + ": Aborted by a person\n");
    }

    @Test
    void withoutStagesTheWholeSpecIsRun() throws Exception {
        Map<?, ?> result = (Map<?, ?>) run("@Library('gatewright') _\nreturn gatewrightPipeline(params)");

        assertThat(build.stages).containsExactly("checkout", "gatewright");
        assertThat(program.calls()).extracting(call -> call.get(0)).containsExactly("run", "result");
        assertThat(result.get("verdict")).isEqualTo("PASSED");
        assertThat(result.containsKey("ending")).isFalse();
    }

    @Test
    void eachStageHasTheParameters() throws Exception {
        build.parameters.putAll(Map.of("spec", "m.yaml", "set", List.of("a=b"), "device", "cpu", "failOn", "FAILED"));

        run(JENKINSFILE);

        assertThat(program.calls().get(0)).contains("--set=a=b", "--device=cpu", "m.yaml");
        assertThat(program.calls().get(3)).contains("--stage=evaluate-metrics", "--fail-on=FAILED", "m.yaml");
    }

    @Test
    void aParameterThatThereIsNotIsRefusedBeforeAnAgentIsTaken() {
        build.parameters.put("notfy", "someone");

        assertThatThrownBy(() -> run(JENKINSFILE)).hasMessageContaining("no parameter notfy");
        assertThat(build.stages).isEmpty();
    }

    private Object run(String jenkinsfile) throws Exception {
        return Groovy.CPS.run(jenkinsfile, build);
    }
}
