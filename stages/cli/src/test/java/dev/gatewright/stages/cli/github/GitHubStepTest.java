// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.host.ResultField;
import dev.gatewright.stages.cli.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runner has of a run: outputs, a summary, annotations on the lines of the spec, and the exit code. */
class GitHubStepTest {
    @TempDir
    private Path folder;

    private Path outputs;
    private Path summary;
    private Shell shell;

    @BeforeEach
    void placeSpec() throws IOException {
        for (String name : List.of("gatewright.yaml", "model.onnx", "rows.csv")) {
            try (InputStream file = Shell.class.getResourceAsStream("command/check/" + name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
        outputs = Files.writeString(folder.resolve("outputs"), "verdict=NOT_EVALUATED\nstatus=NOT_STARTED\n");
        summary = Files.createFile(folder.resolve("summary"));
        shell = new Shell()
                .with("GITHUB_ACTIONS", "true")
                .with("GITHUB_OUTPUT", outputs.toString())
                .with("GITHUB_STEP_SUMMARY", summary.toString())
                .with("GITHUB_WORKSPACE", folder.toString());
    }

    @Test
    void aPassIsAnOutputAndASummary() throws IOException {
        Shell.Answer answer = run("run");

        assertThat(answer.code()).as(answer.all()).isZero();
        assertThat(commands(answer)).isEmpty();
        assertThat(outputs()).containsOnlyKeys(spellings()).containsEntry("verdict", "PASSED");
        assertThat(outputs()).containsEntry("run-id", "r1").containsEntry("why", "");
        assertThat(outputs().get("metrics")).startsWith("{\"evaluate-metrics\":{");
        assertThat(outputs().get("judgement-digest")).hasSize(64);
        assertThat(Files.readString(summary)).contains("PASSED", "accuracy");
        assertThat(Files.readString(folder.resolve(".gatewright/runs/r1/evaluate-metrics/report.json")))
                .contains("\"github-actions\"");
    }

    @Test
    void everyGateThatDoesNotPassIsBesideItsLine() throws IOException {
        edit("max: 1}", "max: 0.00001}");
        edit("slice: half, min: 0.9}", "slice: half, min: 0.9, max: 0.95, on-failure: warn}");
        Shell.Answer answer = run("evaluate-metrics");

        assertThat(answer.code()).as(answer.all()).isEqualTo(1);
        assertThat(outputs()).containsEntry("verdict", "FAILED").containsEntry("status", "DONE");
        assertThat(commands(answer)).hasSize(2);
        assertThat(commands(answer).get(0))
                .startsWith("::error title=evaluate-metrics%3A FAILED,file=gatewright.yaml,line=21,col=")
                .contains("::log_loss ", " is above max 0.00001");
        assertThat(commands(answer).get(1))
                .startsWith("::warning title=evaluate-metrics%3A warning%2C FAILED,file=gatewright.yaml,line=22,")
                .contains("::accuracy by half");
    }

    @Test
    void aWrongSpecIsAnnotatedWhereItIsWrong() throws IOException {
        edit("min: 0.9, confidence: 0.95}\n      - {metric: f1", "mim: 0.9}\n      - {metric: f1");
        Shell.Answer answer = run("run");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(outputs()).containsEntry("verdict", "NOT_EVALUATED").containsEntry("status", "NOT_STARTED");
        assertThat(commands(answer))
                .anySatisfy(command -> assertThat(command)
                        .startsWith("::error title=Wrong request,file=gatewright.yaml,line=19,col=")
                        .contains("mim"));
    }

    @Test
    void noMoreIsAnnotatedThanIsShown() throws IOException {
        String gate = "      - {metric: log_loss, max: 0.00001}\n";
        edit("      - {metric: log_loss, max: 1}\n", gate.repeat(12));
        Shell.Answer answer = run("run");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(commands(answer)).hasSize(10);
        assertThat(commands(answer).get(8)).contains(",line=29,");
        assertThat(commands(answer).get(9))
                .isEqualTo("::error title=Gatewright::3 more are in the log and the summary");
    }

    @Test
    void aFileOutsideOfTheRepositoryIsNotNamed() throws IOException {
        edit("max: 1}", "max: 0.00001}");
        shell.with(
                "GITHUB_WORKSPACE",
                Files.createDirectory(folder.resolve("other")).toString());

        assertThat(commands(run("run")))
                .singleElement()
                .asString()
                .startsWith("::error title=evaluate-metrics%3A FAILED::log_loss ");
    }

    @Test
    void wrongArgumentsAreTold() throws IOException {
        Shell.Answer answer = shell.run("run", "--host=github-actions", "--run-id=a b", "--", folder.toString());

        assertThat(answer.code()).isEqualTo(2);
        assertThat(outputs()).containsEntry("verdict", "NOT_EVALUATED");
        assertThat(commands(answer)).singleElement().asString().contains("a run id is a name");
    }

    @Test
    void whatCannotBeToldIsNotBegun() {
        Shell.Answer answer = shell.with("GITHUB_OUTPUT", "/dev/full")
                .run("run", "--host=github-actions", "--run-id=r1", "--", folder.toString());

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("the file that GITHUB_OUTPUT names cannot be written");
        assertThat(folder.resolve(".gatewright")).doesNotExist();
    }

    @Test
    void aSummaryThatCannotBeWrittenLeavesNoVerdict() throws IOException {
        Files.delete(summary);
        Shell.Answer answer = run("run");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(outputs()).containsEntry("verdict", "NOT_EVALUATED");
    }

    @Test
    void noTextOfASpecIsACommand() throws IOException {
        edit("name: check", "name: \"##[add-mask]a\"");
        edit("classes: [a, b, c]", "classes: [a, b, \"::error::c\"]");
        Shell.Answer answer = run("run");

        assertThat(answer.all()).contains("## [add-mask]a");
        assertThat(commands(answer)).allMatch(command -> command.startsWith("::error title="));
    }

    @Test
    void aSpecsNameBringsNoArguments() throws IOException {
        Path arguments = Files.writeString(folder.resolve("arguments"), "--set=stages.evaluate-metrics.gates[0].min=0");
        Shell.Answer answer = shell.run("run", "--host=github-actions", "--run-id=r1", "--", "@" + arguments);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("@" + arguments, "there is no such file");
    }

    private Shell.Answer run(String command) {
        return shell.run(command, "--host=github-actions", "--run-id=r1", "--", folder.toString());
    }

    private List<String> commands(Shell.Answer answer) {
        return RunnerLog.commands(answer.all().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> outputs() throws IOException {
        return RunnerFile.read(Files.readString(outputs));
    }

    private void edit(String from, String to) throws IOException {
        Path spec = folder.resolve("gatewright.yaml");
        assertThat(Files.readString(spec)).contains(from);
        Files.writeString(spec, Files.readString(spec).replace(from, to));
    }

    private static List<String> spellings() {
        return Arrays.stream(ResultField.values()).map(ResultField::spelling).toList();
    }
}
