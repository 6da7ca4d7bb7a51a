// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.FailOn;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Result;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageExecutionTest {
    private static final StageName STAGE = StageName.EVALUATE_METRICS;
    private static final String RUN = "jenkins-team-a-digits-1";
    private static final String REPORT = "evaluate-metrics/report.json";

    @TempDir
    private Path folder;

    private FakeProgram program;
    private TestBuild build;

    @BeforeEach
    void prepare() throws Exception {
        program = FakeProgram.in(folder.resolve("program"));
        build = TestBuild.in(folder, program.home());
    }

    @Test
    void handsAScriptWhatWasJudged() throws Exception {
        RunDocuments documents = documents(Verdict.PASSED);
        program.documents(documents);

        StepRun step = build.start(new EvaluateMetricsStep());

        Map<String, Object> result = step.result();
        assertThat(result)
                .containsEntry("verdict", "PASSED")
                .containsEntry("status", "DONE")
                .containsEntry("runId", RUN)
                .containsEntry("judgementDigest", documents.report(STAGE).judgementDigest())
                .containsEntry("runDigest", documents.run().runDigest())
                .containsEntry("metrics", Map.of("accuracy", 0.96))
                .containsEntry("report", ".gatewright/runs/" + RUN + "/" + REPORT)
                .containsEntry("model", null)
                .containsEntry("why", "");
        assertThat(build.run().getResult()).isNull();
        assertThat(build.log()).contains("judging").contains("evaluate-metrics is PASSED");
        StepRun.await(() -> build.controlFolders().isEmpty());
    }

    /** Sandboxed scripts may read maps and lists, and a build saves nothing of classes that it does not know. */
    @Test
    void handsOutNothingButTheJdksMapsListsAndValues() throws Exception {
        program.documents(documents(Verdict.PASSED));

        Map<String, Object> result = build.start(new GatewrightStep()).result();

        assertThat(result).isExactlyInstanceOf(java.util.LinkedHashMap.class);
        assertThat(result.get("metrics")).isEqualTo(Map.of("evaluate-metrics", Map.of("accuracy", 0.96)));
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(result);
        }
    }

    @Test
    void aLostGateFailsTheStepWithItsSentenceAndItsReportsAreKept() throws Exception {
        program.documents(documents(Verdict.FAILED)).leaves(1);
        program.document("evaluate-metrics/report.html", "<p>").document("evaluate-metrics/model.onnx", "a model");

        Throwable failure = build.start(new EvaluateMetricsStep()).failure();

        assertThat(failure)
                .isInstanceOf(AbortException.class)
                .hasMessage("evaluate-metrics is FAILED: accuracy 0.96 is below min 0.97");
        assertThat(build.artifacts())
                .containsExactly(
                        "gatewright/" + RUN + "/evaluate-metrics/report.html",
                        "gatewright/" + RUN + "/evaluate-metrics/report.json",
                        "gatewright/" + RUN + "/run.json");
        assertThat(build.run().getAction(GatewrightAction.class).getVerdict()).isEqualTo("FAILED");
    }

    @Test
    void whatCannotBeDecidedMarksTheStepAndTheBuildAndGoesOn() throws Exception {
        program.documents(documents(Verdict.INCONCLUSIVE)).leaves(3);

        StepRun step = build.start(new EvaluateMetricsStep());

        assertThat(step.result()).containsEntry("verdict", "INCONCLUSIVE");
        assertThat(build.run().getResult()).isEqualTo(Result.UNSTABLE);
        WarningAction warning = step.node().getAction(WarningAction.class);
        assertThat(warning.getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(warning.getMessage()).startsWith("evaluate-metrics is INCONCLUSIVE: accuracy 0.96");
    }

    @Test
    void waitingForAnApprovalIsNoFailureAndNoPass() throws Exception {
        RunDocuments documents = new RunDocuments(RUN);
        documents.add(STAGE, Status.WAITING, Verdict.FAILED);
        program.documents(documents).leaves(4);

        Map<String, Object> result = build.start(new EvaluateMetricsStep()).result();

        assertThat(result).containsEntry("status", "WAITING").containsEntry("verdict", "FAILED");
        assertThat(build.run().getResult()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, INCONCLUSIVE, SUCCESS",
        "PASSED, FAILED, SUCCESS",
        "PASSED, NOT_EVALUATED, SUCCESS",
        "INCONCLUSIVE, INCONCLUSIVE, FAILURE",
        "INCONCLUSIVE, FAILED, UNSTABLE",
        "INCONCLUSIVE, NOT_EVALUATED, UNSTABLE",
        "FAILED, INCONCLUSIVE, FAILURE",
        "FAILED, FAILED, FAILURE",
        "FAILED, NOT_EVALUATED, UNSTABLE",
        "NOT_EVALUATED, INCONCLUSIVE, FAILURE",
        "NOT_EVALUATED, FAILED, FAILURE",
        "NOT_EVALUATED, NOT_EVALUATED, FAILURE"
    })
    void failOnSoftensAFailureToUnstableAtMost(Verdict verdict, FailOn failOn, String ending) throws Exception {
        program.documents(documents(verdict)).leaves(verdict == Verdict.PASSED ? 0 : verdict == Verdict.FAILED ? 1 : 3);
        GateStep evaluate = new EvaluateMetricsStep();
        evaluate.setFailOn(failOn.name());

        StepRun step = build.start(evaluate);

        if (ending.equals("FAILURE")) {
            assertThat(step.failure()).hasMessageStartingWith("evaluate-metrics is " + verdict + ": ");
        } else {
            assertThat(step.result()).containsEntry("verdict", verdict.name());
            assertThat(build.run().getResult()).isEqualTo(ending.equals("SUCCESS") ? null : Result.UNSTABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 10, 126, 127, 130, 137, 143, 255})
    void aPassIsBelievedWithNoOtherExitCode(int code) throws Exception {
        program.documents(documents(Verdict.PASSED)).leaves(code);

        assertThat(build.start(softest()).failure())
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("evaluate-metrics is NOT_EVALUATED: ");
    }

    @Test
    void withoutAProgramNothingIsEvaluated() throws Exception {
        build.environment().put("PATH", "/usr/bin:/bin");

        assertThat(build.start(softest()).failure())
                .hasMessageContaining("NOT_EVALUATED")
                .hasMessageContaining("127");
        assertThat(build.log()).contains("gatewright");
    }

    @Test
    void aToolOfJenkinsIsFoundByItsName() throws Exception {
        program.documents(documents(Verdict.PASSED));
        build.environment().put("PATH", "/usr/bin:/bin");
        GatewrightInstallation.DescriptorImpl tools =
                ExtensionList.lookupSingleton(GatewrightInstallation.DescriptorImpl.class);
        tools.setInstallations(
                new GatewrightInstallation("of the team", program.home().toString(), List.of()));
        GateStep step = new EvaluateMetricsStep();
        step.setTool("of the team");
        GateStep other = new EvaluateMetricsStep();
        other.setTool("none");

        try {
            assertThat(build.start(step).result()).containsEntry("verdict", "PASSED");
            assertThat(build.start(other).failure())
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("'none'");
        } finally {
            tools.setInstallations();
        }
    }

    enum Damage {
        NO_RUN,
        NO_REPORT,
        TORN_RUN,
        TORN_REPORT,
        CHANGED_REPORT,
        CHANGED_RUN,
        OF_ANOTHER_RUN,
        OF_ANOTHER_STAGE,
        NOT_JSON
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aReportThatDoesNotAgreeIsNoPass(Damage damage) throws Exception {
        RunDocuments documents = documents(Verdict.PASSED);
        program.documents(documents);
        Path run = program.home().resolve("documents/run.json");
        Path report = program.home().resolve("documents/" + REPORT);
        switch (damage) {
            case NO_RUN -> Files.delete(run);
            case NO_REPORT -> Files.delete(report);
            case TORN_RUN -> Files.writeString(run, Files.readString(run).substring(0, 100));
            case TORN_REPORT ->
                Files.writeString(report, Files.readString(report).substring(0, 100));
            case CHANGED_REPORT ->
                Files.writeString(report, Files.readString(report).replace("0.96", "0.99"));
            case CHANGED_RUN -> Files.writeString(run, Files.readString(run).replace("ab", "cd"));
            case OF_ANOTHER_RUN -> {
                RunDocuments others = new RunDocuments("another");
                others.add(STAGE, Status.DONE, Verdict.PASSED);
                program.documents(others);
            }
            case OF_ANOTHER_STAGE -> {
                RunDocuments others = new RunDocuments(RUN);
                others.add(StageName.TRAIN_GATE, Status.DONE, Verdict.PASSED);
                program.document(REPORT, others.read("train-gate/report.json").orElseThrow());
            }
            case NOT_JSON -> Files.writeString(report, "<html>");
        }

        assertThat(build.start(softest()).failure())
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("evaluate-metrics is NOT_EVALUATED: ");
        assertThat(build.run().getAction(GatewrightAction.class).getVerdict()).isEqualTo("NOT_EVALUATED");
    }

    @Test
    void aReportThatIsTooLargeIsNotTakenToTheController() throws Exception {
        program.documents(documents(Verdict.PASSED)).document(REPORT, new byte[(16 << 20) + 1]);

        assertThat(build.start(softest()).failure()).hasMessageContaining(REPORT + " is not read: it is larger");
        assertThat(build.artifacts()).containsExactly("gatewright/" + RUN + "/run.json");
    }

    @Test
    void notMoreIsKeptThanABuildShouldHold() throws Exception {
        program.documents(documents(Verdict.PASSED));
        byte[] large = new byte[16 << 20];
        for (String name : List.of("run.html", "run.md", "junit.xml")) {
            program.document(name, large).document("evaluate-metrics/" + name.replace("run", "report"), large);
        }

        build.start(new EvaluateMetricsStep()).result();

        assertThat(build.artifacts())
                .extracting(path -> path.substring(("gatewright/" + RUN + "/").length()))
                .containsExactly("evaluate-metrics/report.json", "junit.xml", "run.html", "run.json", "run.md");
    }

    @Test
    void whatAnEarlierStepLeftIsNoEvidence() throws Exception {
        program.documents(documents(Verdict.PASSED));
        build.start(new EvaluateMetricsStep()).result();
        program.does("exit 0");

        assertThat(build.start(softest()).failure())
                .hasMessageContaining("NOT_EVALUATED")
                .hasMessageContaining("before");
    }

    @Test
    void aLinkThatLeavesTheWorkspaceIsNotFollowed() throws Exception {
        program.documents(documents(Verdict.PASSED));
        Path elsewhere = folder.resolve("elsewhere");
        program.does("leave \"$@\"; mv .gatewright/runs/" + RUN + " " + elsewhere + "; ln -s " + elsewhere
                + " .gatewright/runs/" + RUN);

        assertThat(build.start(softest()).failure())
                .hasMessageContaining("NOT_EVALUATED")
                .hasMessageContaining("leads out of the workspace");
        assertThat(build.artifacts()).isEmpty();
    }

    @Test
    void aSpecInAFolderHasItsRunThere() throws Exception {
        Files.createDirectories(build.workspace().resolve("models/digits"));
        program.documents(documents(Verdict.PASSED)).does("cd models/digits; leave \"$@\"");

        for (String spec :
                List.of("models/digits", "models/digits/gatewright.yaml", "./models/../models/digits/x.yaml")) {
            Files.deleteIfExists(build.workspace().resolve("models/digits/.gatewright/runs/" + RUN + "/run.json"));
            GateStep step = new EvaluateMetricsStep();
            step.setSpec(spec);
            assertThat(build.start(step).result())
                    .containsEntry("report", "models/digits/.gatewright/runs/" + RUN + "/" + REPORT);
        }
        assertThat(build.artifacts()).contains("gatewright/models/digits/" + RUN + "/" + REPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../gatewright.yaml", "/etc/gatewright.yaml", "a/../../b.yaml", ".."})
    void aSpecOutsideOfTheWorkspaceIsRefused(String spec) throws Exception {
        GateStep step = new EvaluateMetricsStep();
        step.setSpec(spec);

        assertThat(build.start(step).failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("does not lie in the workspace");
    }

    private RunDocuments documents(@Nullable Verdict verdict) {
        RunDocuments documents = new RunDocuments(RUN);
        documents.add(STAGE, Status.DONE, verdict);
        return documents;
    }

    private static GateStep softest() {
        GateStep step = new EvaluateMetricsStep();
        step.setFailOn("NOT_EVALUATED");
        return step;
    }
}
