// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program's exit code says, of the installed program as a process, and the sentence that goes with it. */
class ExitCodeTest {
    @TempDir
    private Path folder;

    @Test
    void isZeroWhereEverythingPassed() throws Exception {
        Workplace.Answer answer = Workplace.in(folder).run("run");

        assertThat(answer.code()).as(answer.all()).isZero();
        assertThat(answer.out()).contains("PASSED", "4 of 4 gates passed");
    }

    @Test
    void isOneWhereThresholdIsRaisedAboveTheModel() throws Exception {
        Workplace workplace = Workplace.in(folder);
        workplace.edit("{metric: log_loss, max: 1}", "{metric: log_loss, max: 0.0001}");

        Workplace.Answer answer = workplace.run("run", "--run-id", Workplace.RUN_ID);

        assertThat(answer.code()).as(answer.all()).isEqualTo(1);
        assertThat(answer.out()).contains("FAILED", "log_loss", "max 0.0001");
        assertThat(workplace
                        .report(Workplace.RUN_ID, StageName.EVALUATE_METRICS)
                        .verdict())
                .contains(Verdict.FAILED);
    }

    @Test
    void isThreeWhereTheTrainingDoesNotWriteTheMetric() throws Exception {
        Workplace workplace = Workplace.in(folder);
        workplace.edit("{metric: val_accuracy, min: 0.9}", "{metric: val_recall, min: 0.9}");

        Workplace.Answer answer = workplace.run("run");

        assertThat(answer.code()).as(answer.all()).isEqualTo(3);
        assertThat(answer.out()).contains("NOT_EVALUATED", "val_recall", "build/metrics.json");
    }

    @Test
    void isTwoWhereAKeyIsUnknownAndNothingIsStarted() throws Exception {
        Workplace workplace = Workplace.in(folder);
        workplace.edit("{metric: val_accuracy, min: 0.9}", "{metric: val_accuracy, mim: 0.9}");

        Workplace.Answer answer = workplace.run("run");

        assertThat(answer.code()).as(answer.all()).isEqualTo(2);
        assertThat(answer.err()).contains("gatewright.yaml:19:", "mim", "did you mean 'min'", "nothing was started");
        assertThat(workplace.path("build")).doesNotExist();
    }

    @Test
    void isThreeWhereTheWorkerIsKilled() throws Exception {
        Workplace workplace = Workplace.in(folder);
        Workplace.Running running = workplace.start("run", "--run-id", Workplace.RUN_ID);
        Optional<ProcessHandle> worker = Optional.empty();
        while (running.process().isAlive() && worker.isEmpty()) {
            worker = running.process()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains("onnx.run"))
                    .findFirst();
        }
        worker.ifPresent(ProcessHandle::destroyForcibly);

        Workplace.Answer answer = running.answer();

        assertThat(worker).as("a worker was seen: " + answer.all()).isPresent();
        assertThat(answer.code()).as(answer.all()).isEqualTo(3);
        assertThat(answer.out()).contains("NOT_EVALUATED", "worker", "Next: ");
        assertThat(workplace
                        .report(Workplace.RUN_ID, StageName.EVALUATE_METRICS)
                        .verdict())
                .contains(Verdict.NOT_EVALUATED);
    }

    @Test
    void isNeverAVerdictWhereAJarIsMissing(@TempDir Path home) throws Exception {
        InstalledProgram.make(home);
        Workplace workplace = Workplace.in(folder, home);
        try (Stream<Path> files = Files.walk(home.resolve("lib"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Path aside = Files.move(jar, home.resolve("aside"));
                Workplace.Answer answer = workplace.run("run");
                Files.move(aside, jar);

                // Some libraries are only there for what this run does not do.
                assertThat(answer.code()).as("%s: %s", jar, answer.all()).isIn(0, 3);
                if (answer.code() == 3) {
                    assertThat(answer.all()).containsAnyOf("install", "Next: ");
                    assertThat(answer.all()).doesNotContain("\tat ");
                }
                boolean isOurs = jar.toString().contains("gatewright")
                        || jar.getFileName().toString().startsWith("stages-");
                if (isOurs
                        || jar.toString().contains("worker")
                        || jar.toString().contains("picocli")) {
                    assertThat(answer.code()).as("%s: %s", jar, answer.all()).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void isThreeWhereJavaCannotStart() throws Exception {
        Workplace workplace = Workplace.in(folder).set("JAVA_TOOL_OPTIONS", "-Xmx900000g");

        Workplace.Answer answer = workplace.run("run");

        assertThat(answer.code()).as(answer.all()).isEqualTo(3);
        assertThat(answer.err()).contains("look at JAVA_HOME and JAVA_TOOL_OPTIONS", "Nothing was judged");
    }

    @Test
    void isThreeWhereThereIsNoJava() throws Exception {
        Workplace workplace = Workplace.in(folder).set("JAVA_HOME", folder.toString());

        Workplace.Answer answer = workplace.run("run");

        assertThat(answer.code()).as(answer.all()).isEqualTo(3);
        assertThat(answer.err()).contains("install Java 17 or newer, or set JAVA_HOME");
    }

    @Test
    void isTwoWithoutACommandAndHelpIsShown() throws Exception {
        Workplace.Answer answer = Workplace.in(folder).run();

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("Usage: gatewright", "Commands:");
    }
}
