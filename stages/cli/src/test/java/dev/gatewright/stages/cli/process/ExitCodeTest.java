// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program's exit code says, of the installed program as a process, and the sentence that goes with it. */
@Tag("slow")
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

    /** Of each jar but those that only serve work in a git repository, compressed Parquet files, quantize, images, endpoints, targets, packed runs, or the compiler. */
    @Test
    void isThreeWhereAJarIsMissing(@TempDir Path home) throws Exception {
        Set<String> others = Set.of(
                "org.eclipse.jgit",
                "JavaEWAH",
                "slf4j",
                "aircompressor",
                "validation-quantization",
                "stages-oci",
                "stages-store",
                "stages-docker",
                "docker-java",
                "jackson-annotations",
                "jackson-databind",
                "commons-",
                "guava",
                "failureaccess",
                "stages-target-local",
                "validation-endpoint",
                "HdrHistogram",
                "jspecify");
        InstalledProgram.make(home);
        Workplace workplace = Workplace.in(folder, home);
        List<Path> jars;
        try (Stream<Path> files = Files.walk(home.resolve("lib"))) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(jar -> others.stream().noneMatch(jar.getFileName().toString()::startsWith))
                    .toList();
        }
        assertThat(jars).hasSizeGreaterThan(10);
        for (Path jar : jars) {
            Path aside = Files.move(jar, home.resolve("aside"));
            Workplace.Answer answer = workplace.run("run");
            Files.move(aside, jar);

            assertThat(answer.code()).as("%s: %s", jar, answer.all()).isEqualTo(3);
            assertThat(answer.all())
                    .as(jar.toString())
                    .containsPattern("; install (it|the program) anew|Next: ")
                    .doesNotContain("\tat ");
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

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_452", "9", "11.0.2", "16.0.1"})
    void isThreeWhereJavaIsTooOldWhichIsNotStartedAtAll(String version) throws Exception {
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho started\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");

        Workplace.Answer answer =
                Workplace.in(folder).set("JAVA_HOME", folder.toString()).run("run");

        assertThat(answer)
                .isEqualTo(new Workplace.Answer(
                        3,
                        "",
                        "gatewright: " + java + " is Java " + version
                                + ", which is too old; install Java 17 or newer, or set JAVA_HOME to one\n"));
    }

    @Test
    void isThreeBeforeAnythingRunsWhereOnnxRuntimeHasNoLibrary() throws Exception {
        Workplace workplace = Workplace.in(folder).set("JAVA_TOOL_OPTIONS", "-Dos.arch=riscv64");

        Workplace.Answer answer = workplace.run("run");
        Workplace.Answer doctor = workplace.run("doctor");

        assertThat(answer.code()).as(answer.all()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("gatewright: ONNX Runtime has no library for linux-riscv64", "; run it on one of these, or");
        assertThat(workplace.path("build")).as("what the training leaves").doesNotExist();
        assertThat(doctor.code()).as(doctor.all()).isEqualTo(3);
        assertThat(doctor.out()).contains("missing  platform          ONNX Runtime has no library for linux-riscv64");
        assertThat(workplace.run("validate").code()).isZero();
    }

    @Test
    void isTwoWithoutACommandAndHelpIsShown() throws Exception {
        Workplace.Answer answer = Workplace.in(folder).run();

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("Usage: gatewright", "Commands:");
    }
}
