// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.cli.GpuLibraries;
import dev.gatewright.stages.cli.Platform;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Says what is on this machine, and what is missing for which stage. */
@Command(
        description = "Says what is on this machine, and what is missing for which stage.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final List<String> CHECK = List.of("gatewright.yaml", "model.onnx", "rows.csv");
    private static final long LITTLE_ROOM = 1L << 30;

    private final Program program;

    /** The command of {@code program}. */
    public DoctorCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        say("ok", "java", Runtime.version() + " in " + System.getProperty("java.home"));
        say("ok", "processors", Runtime.getRuntime().availableProcessors() + ", " + System.getProperty("os.arch"));
        room("runs", Path.of("").toAbsolutePath(), "the runs of specs in this folder");
        room("temporary", Path.of(System.getProperty("java.io.tmpdir")), "tensors on their way to the worker");
        commit(Path.of("").toAbsolutePath());
        command("python", "python3", "only for trainings in Python", "python");
        command("shell", "sh", "train-gate runs its command in it");
        Platform platform = Platform.ofThisProcess();
        Optional<String> obstacle = platform.obstacle();
        say(
                obstacle.isPresent() ? "missing" : "ok",
                "platform",
                obstacle.map(text -> text + "; " + platform.next())
                        .orElseGet(() -> platform.name() + ", which ONNX Runtime has a library for"));
        boolean judges = obstacle.isEmpty() && judges("evaluate-metrics");
        boolean gpu = gpu(judges);
        say(judges ? "ok" : "missing", "train-gate", judges ? "can run" : "see above");
        boolean serves = judges && serves();
        return judges && gpu && serves ? ExitCode.PASSED.code() : ExitCode.NOT_JUDGED.code();
    }

    /** Whether the GPU works, or nobody asks for it by naming its libraries. */
    private boolean gpu(boolean judges) throws IOException, InterruptedException {
        Optional<GpuLibraries> libraries;
        try {
            libraries = program.gpuLibraries();
        } catch (StageFailedException e) {
            say("missing", "gpu", e.getMessage() + "; " + e.next());
            return false;
        }
        boolean driver = Files.exists(Path.of("/proc/driver/nvidia/version"));
        if (libraries.isEmpty()) {
            say(
                    "none",
                    "gpu",
                    (driver ? "an NVIDIA driver is there, and " : "no NVIDIA driver, and ") + GpuLibraries.VARIABLE
                            + " names no libraries; device: cuda would be NOT_EVALUATED");
            return true;
        }
        List<String> missing = libraries.get().missing();
        say(driver ? "ok" : "missing", "gpu driver", driver ? "NVIDIA's" : "no NVIDIA driver; install it");
        say(
                missing.isEmpty() ? "ok" : "missing",
                "gpu libraries",
                missing.isEmpty()
                        ? "CUDA's and cuDNN's are found"
                        : String.join(", ", missing)
                                + " are not found; install CUDA and cuDNN 9 of these versions, or name"
                                + " their folders in LD_LIBRARY_PATH");
        return judges && driver && missing.isEmpty() && judges("gpu", "device=cuda");
    }

    /** Judges a small model of its own with the whole program: what works here works for others. */
    private boolean judges(String title, String... settings) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("gatewright-doctor-");
        try {
            for (String name : CHECK) {
                copy(name, folder.resolve(name));
            }
            try (RunSession session = RunSession.openQuietly(program, folder, List.of(settings))) {
                RunDocument run = session.run().runAll();
                boolean passed = run.verdict().equals(Optional.of(Verdict.PASSED));
                say(
                        passed ? "ok" : "missing",
                        title,
                        passed ? "a model was run and judged; " + session.device() : session.cause());
                session.render();
                return passed;
            }
        } catch (StageFailedException e) {
            say("missing", title, e.getMessage() + "; " + e.next());
            return false;
        } finally {
            Folders.delete(folder);
        }
    }

    /** Serves the same model, and asks it for one row. */
    private boolean serves() throws IOException, InterruptedException {
        if (program.installation().server().classPath().isEmpty()) {
            say("none", "serve", "this program has no server; install it anew to serve models");
            return true;
        }
        Path folder = Files.createTempDirectory("gatewright-doctor-");
        try {
            Path model = folder.resolve("model.onnx");
            copy("model.onnx", model);
            ServerCheck.Answer answer = ServerCheck.run(program.installation().server(), model);
            say(answer.isRight() ? "ok" : "missing", "serve", answer.sentence());
            return answer.isRight();
        } catch (StageFailedException e) {
            say("missing", "serve", e.getMessage() + "; " + e.next());
            return false;
        } finally {
            Folders.delete(folder);
        }
    }

    private static void copy(String name, Path to) throws IOException {
        try (InputStream file = DoctorCommand.class.getResourceAsStream("check/" + name)) {
            if (file == null) {
                throw new StageFailedException("the program lacks its own " + name, "install it anew", null);
            }
            Files.copy(file, to);
        }
    }

    private void room(String name, Path folder, String what) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        boolean writable = Files.isWritable(folder);
        say(
                writable && free > LITTLE_ROOM ? "ok" : "missing",
                name,
                folder + (writable ? "" : " cannot be written to") + ", "
                        + String.format(Locale.ROOT, "%.1f GB free, for %s", free / 1e9, what));
    }

    private void commit(Path folder) {
        try {
            Json.Obj source = program.source(folder).facts();
            say(
                    source.text("commit").isPresent() ? "ok" : "none",
                    "commit",
                    source.text("describe").orElse("no git repository") + ", for the reports of specs in this folder");
        } catch (StageFailedException e) {
            say("missing", "commit", String.valueOf(e.getMessage()));
        }
    }

    private void command(String title, String name, String what, String... others) {
        String path = program.surroundings().environment().apply("PATH");
        for (String candidate :
                Stream.concat(Stream.of(name), Stream.of(others)).toList()) {
            for (String folder : path == null ? new String[0] : path.split(java.io.File.pathSeparator, -1)) {
                Path file = Path.of(folder).resolve(candidate);
                if (Files.isExecutable(file)) {
                    say("ok", title, file + ", " + what);
                    return;
                }
            }
        }
        say("none", title, "not on the PATH; " + what);
    }

    private void say(String state, String name, String text) {
        PrintStream out = program.surroundings().out();
        out.printf("%-8s %-17s %s%n", state, name, text);
    }
}
