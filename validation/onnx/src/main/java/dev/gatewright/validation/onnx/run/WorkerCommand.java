// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.worker.WorkerMain;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command line that starts a worker.
 *
 * <p>On Linux a shell goes first and becomes the worker's Java: it hands the pipe of messages over as file 3, so that what native
 * code prints does not come between them, and limits the memory of the process. The limit is on data ({@code ulimit -d}): what is
 * allocated or written privately counts, the address space that a JVM sets aside without using it does not. Linux keeps it, so there is no
 * moment in which the machine runs out first, as there is where someone looks now and then. Where a lower limit is set already,
 * that one stays.
 */
final class WorkerCommand {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final Path THIRD_FILE = Path.of("/proc/self/fd");
    private static final String BECOME = "ulimit -d \"$1\" 2>/dev/null; shift; exec \"$@\" 3>&1 1>&2";

    private WorkerCommand() {}

    static List<String> of(WorkerOptions options, String main, Path folder) {
        boolean throughShell = Files.isExecutable(SHELL) && Files.isDirectory(THIRD_FILE);
        List<String> command = new ArrayList<>();
        if (throughShell) {
            command.addAll(
                    List.of(SHELL.toString(), "-c", BECOME, "worker", Long.toString(options.memoryBytes() >> 10)));
        }
        command.add(options.java().toString());
        // Quick to start, small, and silent: no files beside its own folder, no core dumps. Native code runs on the
        // stacks of Java's threads: with half a megabyte, ONNX Runtime's optimiser has crashed.
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-Xmx512m",
                "-Xss8m",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Djava.io.tmpdir=" + folder));
        command.addAll(options.javaFlags());
        command.add("-cp");
        command.add(options.classPath().stream()
                .map(entry -> entry.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(main);
        command.add(throughShell ? "/proc/self/fd/3" : WorkerMain.STANDARD_OUTPUT);
        command.add(folder.toString());
        return command;
    }
}
