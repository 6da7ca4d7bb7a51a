// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of Jenkins, judged by the program itself. */
@Tag("slow")
class RealProgramTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final String MIN = "stages.evaluate-metrics.gates[0].min=";
    private static final String CANARY = """
              canary-deploy:
                target: {kind: local, port: 0}
                golden: {data: holdout, rows: 200}
                steps: [{weight: 100, hold: 1s}]
                no-traffic: replay
                replay: {rate: 100}
                release-within: 10m
                gates:
                  - {metric: error_rate, max: 0}
            """;

    @TempDir
    private static Path program;

    private static Path launcher;

    @TempDir
    private Path folder;

    private Build build;

    @BeforeAll
    static void install() throws IOException {
        launcher = RealProgram.make(program.resolve("gatewright"));
    }

    @BeforeEach
    void checkOut() throws IOException {
        build = new Build(folder);
        build.setPath(launcher.getParent() + ":" + System.getenv("PATH"));
        for (String file :
                List.of("jenkins/gatewright.yaml", "imbalanced/champion/model.onnx", "imbalanced/data/holdout.csv")) {
            Path copy = build.workspace().resolve("examples").resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(EXAMPLES.resolve(file), copy);
        }
    }

    @Test
    void theExamplePassesWhereJenkinsIsRestartedInEachStep() throws Exception {
        Groovy.CPS_RESTARTED.run(Files.readString(EXAMPLES.resolve("jenkins/Jenkinsfile.library")), build);

        assertThat(build.stages).containsExactly("checkout", "evaluate-metrics", "export-onnx");
        assertThat(build.log.toString()).endsWith("\nPASSED \n");
        assertThat(build.archived())
                .contains(
                        "examples/jenkins/.gatewright/runs/jenkins-team-digits-7/run.json",
                        "examples/jenkins/.gatewright/runs/jenkins-team-digits-7/evaluate-metrics/report.json",
                        "examples/jenkins/.gatewright/runs/jenkins-team-digits-7/export-onnx/report.html")
                .noneMatch(name -> name.endsWith(".onnx"));
    }

    @Test
    void aGateThatSaysNoEndsTheBuildWithItsSentence() throws Exception {
        assertThatThrownBy(() -> run(Map.of("stage", "evaluate-metrics", "set", MIN + "0.8")))
                .isInstanceOf(Build.AbortException.class)
                .hasMessageContaining("is below min 0.8: would pass at 0.");

        String report = ".gatewright/runs/jenkins-team-digits-7/evaluate-metrics/report.json";
        assertThat(build.archived()).contains("examples/jenkins/" + report);
        assertThat(build.workspace().resolve("examples/jenkins").resolve(report))
                .content()
                .contains("shared-library");
    }

    /** Whoever goes on after a yellow stage, or asks for failures to be softened, deploys nothing all the same. */
    @Test
    void afterAnInconclusiveStageNothingIsDeployed() throws Exception {
        Path spec = build.workspace().resolve("examples/jenkins/gatewright.yaml");
        Files.writeString(spec, Files.readString(spec) + CANARY);

        Map<?, ?> judged = run(Map.of("stage", "evaluate-metrics", "set", MIN + "0.68"));
        assertThat(judged.get("verdict")).isEqualTo("INCONCLUSIVE");
        assertThat(build.workspace().resolve(judged.get("report").toString())).isRegularFile();
        assertThat(build.unstable).singleElement().asString().contains("roc_auc");

        assertThatThrownBy(() -> run(Map.of("stage", "canary-deploy", "set", MIN + "0.68", "failOn", "NOT_EVALUATED")))
                .isInstanceOf(Build.AbortException.class)
                .hasMessageContaining("evaluate-metrics");
        assertThat(spec.resolveSibling(".gatewright/targets")).doesNotExist();
    }

    @Test
    void aSpecThatIsWrongStartsNothing() throws Exception {
        assertThatThrownBy(() -> run(Map.of("set", "stages.evaluate-metrics.gates[0].metric=roc_acu")))
                .isInstanceOf(Build.AbortException.class)
                .hasMessageContaining("exit code 2: the request is wrong, and nothing was started");

        assertThat(build.log.toString()).contains("roc_acu", "nothing was started");
    }

    private Map<?, ?> run(Map<String, ?> parameters) throws Exception {
        build.parameters.clear();
        build.parameters.put("spec", "examples/jenkins");
        build.parameters.putAll(parameters);
        return (Map<?, ?>) Groovy.CPS.run("node('') { return gatewrightRun(params) }", build);
    }
}
