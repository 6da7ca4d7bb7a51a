// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.ProcessLock;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryDeployStageTest {
    private static final String STEP = "steps: [{weight: 100, hold: 50ms}]\n";
    private static final String REPLAY = STEP + "no-traffic: replay\nreplay: {rate: 100}\n";
    private static final String RATE = "gates: [{metric: error_rate, max: 0.1}]";

    @TempDir
    private Path folder;

    @Test
    void aCandidateThatAnswersOtherwiseThanTheJudgedModelGetsNoTraffic() throws Exception {
        Report report =
                new CanaryDeployFolder(folder).write(STEP + RATE, "0.5").run().run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(report.document().objects("gates"))
                .singleElement()
                .satisfies(gate -> assertThat(gate.text("sentence").orElse("")).contains("golden_mismatches 1"));
        assertThat(report.document().object("environment").object("canary").objects("steps"))
                .isEmpty();
        assertThat(report.document().object("environment").object("canary").text("trouble"))
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("row 'two'"));
    }

    @Test
    void noTrafficIsNeverAPass() throws Exception {
        Report held =
                new CanaryDeployFolder(folder).write(STEP + RATE, "0").run().run("1");
        Report failed = new CanaryDeployFolder(folder)
                .write(STEP + "no-traffic: fail\n" + RATE, "0")
                .run()
                .run("2");

        assertThat(held.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(failed.verdict()).contains(Verdict.FAILED);
    }

    @Test
    void tooFewRequestsAreInconclusive() throws Exception {
        Report report = new CanaryDeployFolder(folder)
                .write(
                        STEP + "no-traffic: replay\nreplay: {rate: 100}\n"
                                + "gates: [{metric: error_rate, max: 0.1, min-samples: 1000}]",
                        "0")
                .run()
                .run("1");

        assertThat(report.verdict()).contains(Verdict.INCONCLUSIVE);
    }

    /** The same row again says nothing new of the model. */
    @Test
    void aRowThatIsReplayedOftenCountsOnce() throws Exception {
        Report report = new CanaryDeployFolder(folder)
                .write(REPLAY + "gates: [{metric: accuracy, min: 0.9, min-samples: 3}]", "0")
                .run()
                .run("1");

        assertThat(report.verdict()).contains(Verdict.INCONCLUSIVE);
        assertThat(report.document().objects("gates").get(1).text("sentence").orElse(""))
                .contains("n=2");
    }

    @Test
    void whatTheCandidateAnswersIsJudgedByTheMetricsOfTheTask() throws Exception {
        Report passed = new CanaryDeployFolder(folder)
                .write(REPLAY + "gates: [{metric: f1, average: macro, min: 0.99}, {metric: agreement, min: 1}]", "0")
                .run()
                .run("1");
        Report failed = new CanaryDeployFolder(folder)
                .write(REPLAY + "gates: [{metric: f1, average: macro, suspicious-above: 0.9}]", "0")
                .run()
                .run("2");

        assertThat(passed.verdict())
                .as(passed.document().text("headline").orElse(""))
                .contains(Verdict.PASSED);
        assertThat(failed.verdict()).contains(Verdict.FAILED);
        assertThat(failed.document().objects("gates").get(1).text("sentence").orElse(""))
                .startsWith("f1[macro] 1");
    }

    @Test
    void refusesMetricsThatNoStepCanShow() throws Exception {
        for (String gate : List.of(
                "{metric: size_bytes, max: 5}",
                "{metric: throughput_rows_per_second, min: 5}",
                "{metric: f2, min: 1}")) {
            assertThat(new CanaryDeployFolder(folder)
                            .write(REPLAY + "gates: [" + gate + "]", "0")
                            .run()
                            .check()
                            .errors())
                    .as(gate)
                    .isNotEmpty();
        }
    }

    @Test
    void aSmokeTestSettlesOnlyWhatItsOwnRunHasDeployed() throws Exception {
        CanaryDeployFolder prepared =
                new CanaryDeployFolder(folder).write(STEP + "no-traffic: replay\nreplay: {rate: 100}\n" + RATE, "0");
        assertThat(prepared.run().run("1").verdict()).contains(Verdict.PASSED);
        assertThat(prepared.run().run("2").verdict()).contains(Verdict.PASSED);
        Path target = CanaryDeployStage.targetsOf(folder).resolve("echo");

        for (boolean passed : new boolean[] {true, false}) {
            assertThatThrownBy(() -> end(prepared, "1", passed)).hasMessageContaining("run 2 has deployed since");
            assertThat(Journal.read(target).orElseThrow().phase()).isEqualTo(Journal.Phase.AT_FULL);
        }
        ProcessLock held = CanaryDeployStage.lock(target);
        assertThatThrownBy(() -> end(prepared, "2", true)).hasMessageContaining("another process works");
        held.close();
        end(prepared, "2", true);

        assertThat(Journal.read(target).orElseThrow().phase()).isEqualTo(Journal.Phase.RELEASED);
    }

    private static void end(CanaryDeployFolder prepared, String runId, boolean passed) throws Exception {
        Spec spec = prepared.run().spec();
        CanaryDeploySection section = (CanaryDeploySection)
                spec.stage(StageName.CANARY_DEPLOY).orElseThrow().section();
        CanaryDeployEnd.of(section, spec, Installation.on(""), runId, passed);
    }

    @Test
    void refusesWhatDoesNotFitTogetherBeforeAnyWork() throws Exception {
        for (List<String> wrong : List.of(
                List.of("steps: [{weight: 5, hold: 1s}]\n" + RATE, "the last step has the weight 100"),
                List.of("steps: [{weight: 100, hold: 1s}, {weight: 50, hold: 1s}]\n" + RATE, "a greater weight"),
                List.of(STEP + "gates: [{metric: accuracy, min: 0.9}]", "needs no-traffic: replay"),
                List.of(STEP + "gates: [{metric: f1, average: macro, min: 0.9}]", "needs no-traffic: replay"),
                List.of(STEP + "no-traffic: replay\n" + RATE, "belong together"),
                List.of(STEP + "gates: [{metric: error_rate, max-degradation: 0.1}]", "nothing is left for stable"),
                List.of(STEP + "gates: [{metric: error_rate, max: 0.1, against: stable}]", "remove against"),
                List.of(STEP + "no-traffic: pass\n" + RATE, "hold, fail, replay"))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new CanaryDeployFolder(folder)
                            .write(wrong.get(0), "0")
                            .run()
                            .spec()))
                    .as(wrong.get(0))
                    .hasMessageContaining(wrong.get(1));
        }
    }
}
