// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Report;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on which output, in which form. */
class CommandLineTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void placeSpec() throws Exception {
        for (String name : List.of("gatewright.yaml", "model.onnx", "rows.csv")) {
            try (InputStream file = CommandLineTest.class.getResourceAsStream("command/check/" + name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
    }

    @Test
    void isHelpedWithoutACommand() {
        Shell.Answer answer = new Shell().run();

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("Usage: gatewright", "init", "evaluate-metrics");
    }

    @Test
    void showsHelpOnRequestAsAResult() {
        Shell.Answer answer = new Shell().run("--help");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("Usage: gatewright");
        assertThat(answer.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "markdown", "html", "junit", "json"})
    void showsARunInEachForm(String format) throws Exception {
        Shell.Answer answer = new Shell().run("run", folder.toString(), "--format", format);

        assertThat(answer.code()).as(answer.all()).isZero();
        assertThat(answer.err()).contains("evaluating check on rows");
        switch (format) {
            case "console" -> assertThat(answer.out()).contains("✓ PASSED", "Report: ");
            case "markdown" -> assertThat(answer.out()).startsWith("#").contains("| accuracy");
            case "html" ->
                assertThat(answer.out()).startsWith("<!DOCTYPE html>").contains("</html>");
            case "junit" -> {
                byte[] xml = answer.out().getBytes(StandardCharsets.UTF_8);
                assertThat(DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new ByteArrayInputStream(xml))
                                .getDocumentElement()
                                .getTagName())
                        .isEqualTo("testsuites");
            }
            default -> assertThat(json(answer).text("schema")).contains("gatewright-run/v1");
        }
    }

    @Test
    void showsTheReportOfAStageInJson() throws Exception {
        Shell.Answer answer = new Shell().run("evaluate-metrics", folder.toString(), "--format", "json");

        assertThat(answer.code()).as(answer.all()).isZero();
        assertThat(json(answer).text("schema")).contains("gatewright-report/v1");
        assertThat(json(answer).text("verdict")).contains("PASSED");
    }

    @Test
    void tellsAHostWhatARunCameTo() throws Exception {
        new Shell()
                .run("run", "--host", "shared-library", "--run-id", "told", "--device", "cpu", "--", folder.toString());

        Json.Obj passed = result("told", "0");
        assertThat(passed.text("verdict")).contains("PASSED");
        assertThat(passed.text("ending")).contains("SUCCESS");
        assertThat(passed.text("runId")).contains("told");
        assertThat(passed.text("report")).contains(".gatewright/runs/told/run.json");
        Json.Obj stage = result("told", "0", "--stage", "evaluate-metrics");
        assertThat(stage.object("metrics").number("accuracy")).isPresent();
        assertThat(Report.read(folder.resolve(stage.text("report").orElseThrow()))
                        .document()
                        .object("host")
                        .text("kind"))
                .contains("shared-library");

        for (String other : List.of("1", "2", "3", "4", "127", "130", "137", "255", "-1")) {
            Json.Obj result = result("told", other, "--fail-on", "NOT_EVALUATED");
            assertThat(result.text("verdict")).as(other).contains("NOT_EVALUATED");
            assertThat(result.text("ending")).as(other).contains("FAILURE");
        }
        assertThat(result("other", "0").text("ending")).contains("FAILURE");
        assertThat(result("told", "0", "--stage", "smoke-test").text("ending")).contains("FAILURE");
    }

    @Test
    void tellsNoResultOfARunThatLeadsElsewhere() {
        Shell.Answer answer =
                new Shell().run("result", "--run-id", "../told", "--exit-code", "0", "--", folder.toString());

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("a run id is a name");
    }

    /** Hosts run stage by stage into one log. */
    @Test
    void aStageShowsItselfAndNoneOfTheOthers(@TempDir Path other) throws Exception {
        for (String name : List.of("gatewright.yaml", "model.onnx", "rows.csv")) {
            Files.copy(folder.resolve(name), other.resolve(name));
        }
        Path spec = other.resolve("gatewright.yaml");
        Files.writeString(spec, Files.readString(spec) + "  export-onnx: {}\n");
        String id = "--run-id=r";

        String refused =
                new Shell().run("export-onnx", id, "--", spec.toString()).out();
        String first =
                new Shell().run("evaluate-metrics", id, "--", spec.toString()).out();
        String second =
                new Shell().run("export-onnx", id, "--", spec.toString()).out();

        assertThat(refused)
                .contains("NOT_STARTED", "evaluate-metrics has not run in run r", "NOT_STARTED  export-onnx of run r");
        assertThat(first).contains("✓ PASSED  evaluate-metrics of run r").doesNotContain("export-onnx");
        assertThat(second)
                .contains("✓ PASSED  export-onnx of run r", "export-onnx/report.html")
                .doesNotContain("evaluate-metrics");
    }

    @Test
    void takesAnAtForAPartOfAName() throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "--version");

        Shell.Answer answer = new Shell().run("validate", "--", "@" + file);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("@" + file);
    }

    @ParameterizedTest
    @CsvSource({"--host, gitlab", "--device, tpu"})
    void refusesAHostOrADeviceThatItDoesNotKnow(String option, String value) {
        Shell.Answer answer = new Shell().run("run", option, value, "--", folder.toString());

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains(value);
    }

    private static Json.Obj result(String runId, String exitCode, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("result", "--run-id", runId, "--exit-code", exitCode));
        words.addAll(List.of(options));
        words.addAll(List.of("--", folder.toString()));
        Shell.Answer answer = new Shell().run(words.toArray(String[]::new));
        assertThat(answer.code()).as(answer.all()).isZero();
        return json(answer);
    }

    @Test
    void coloursForATerminalOnlyAndNotWhereNoColourIsWished() {
        String run = folder.resolve(".gatewright/runs/seen").toString();
        new Shell().run("run", folder.toString(), "--run-id", "seen");

        assertThat(new Shell().run("report", run).out()).contains("PASSED").doesNotContain("\u001b");
        assertThat(terminal().run("report", run).out()).contains("\u001b[");
        assertThat(terminal().run("run", "--help").out()).contains("\u001b[");
        for (String variable : List.of("NO_COLOR", "CI")) {
            Shell shell = terminal().with(variable, "1");
            assertThat(shell.run("report", run).out()).contains("PASSED").doesNotContain("\u001b");
            assertThat(shell.run("run", "--help").out()).doesNotContain("\u001b");
        }
    }

    @Test
    void rewritesNoLineOfProgressWhereNoColourIsWished() {
        assertThat(terminal().run("run", folder.toString()).err()).contains("\u001b[2K");
        assertThat(terminal()
                        .with("NO_COLOR", "1")
                        .run("run", folder.toString())
                        .all())
                .contains("evaluating check on rows")
                .doesNotContain("\u001b");
    }

    private static Shell terminal() {
        return new Shell().with("GATEWRIGHT_TERMINAL", "1");
    }

    @Test
    void refusesFewerThreadsThanOne() {
        Shell.Answer answer = new Shell().run("run", folder.toString(), "--threads", "0");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("--threads 0", "at least one");
    }

    /** The program's folder is not there: nobody asked wrongly, and nothing was judged. */
    @Test
    void tellsWhatIsUnexpectedInOneSentence() {
        Shell shell = new Shell().at(folder.resolve("no-program").toString());

        Shell.Answer answer = shell.run("run", folder.toString());

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("gatewright: the program's own folder", "install it anew");
        assertThat(answer.err()).doesNotContain("\tat ", "Exception");
        assertThat(shell.run("--debug", "run", folder.toString()).err()).contains("IncompleteException", "\tat ");
        assertThat(shell.run("run", folder.toString(), "--debug").err()).contains("IncompleteException", "\tat ");
    }

    @Test
    void judgesNothingWhereTheCommitCannotBeTold(@TempDir Path damaged) throws Exception {
        for (String name : List.of("gatewright.yaml", "model.onnx", "rows.csv")) {
            Files.copy(folder.resolve(name), damaged.resolve(name));
        }
        Files.writeString(damaged.resolve(".git"), "gitdir: nowhere\n");

        Shell.Answer answer = new Shell().run("run", damaged.toString());

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .contains("gatewright: the commit cannot be told: ", "nowhere", "repair the repository");
        assertThat(answer.err()).doesNotContain("unexpected", "\tat ");
    }

    @Test
    void saysOfEachMishapWhatToDo() {
        assertThat(Mishap.sentence(new NoClassDefFoundError("a/B"))).contains("a/B", "install it anew");
        assertThat(Mishap.sentence(new IllegalStateException("in a thread", new NoClassDefFoundError("a/B"))))
                .contains("a/B", "install it anew");
        assertThat(Mishap.sentence(new OutOfMemoryError("heap"))).contains("memory", "-Xmx");
        assertThat(Mishap.sentence(new java.nio.file.NoSuchFileException("a.json")))
                .contains("a.json is not there");
        assertThat(Mishap.sentence(new java.io.UncheckedIOException(new java.nio.file.AccessDeniedException("a.json"))))
                .contains("a.json is not permitted");
        assertThat(Mishap.sentence(new IllegalStateException("odd"))).contains("odd", "--debug shows where");
    }

    private static Json.Obj json(Shell.Answer answer) throws Exception {
        return (Json.Obj) JsonReader.read(answer.out().getBytes(StandardCharsets.UTF_8));
    }
}
