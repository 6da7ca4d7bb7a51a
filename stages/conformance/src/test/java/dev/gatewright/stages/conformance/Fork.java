// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import dev.gatewright.stages.cli.Door;
import dev.gatewright.stages.cli.Main;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Other ways to give a command line than in this process, undisturbed. */
final class Fork {
    private static final int FAILED_ON_THE_WIRE = 10;

    private Fork() {}

    /** In a Java of its own, started by these words before the class path. */
    static Sandbox.Launch java(String classPath, String... words) {
        return (box, arguments) -> {
            Process process = command(classPath, List.of(words), arguments).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Door.Answer(onTheWire(process.waitFor()), text);
        };
    }

    /** In a Java of its own, whose process is killed as soon as {@code file} is there. */
    static Sandbox.Launch killedWhen(String file) {
        return endedWhen(file, Process::destroyForcibly);
    }

    /** In a Java of its own, whose process is told to end as soon as {@code file} is there. */
    static Sandbox.Launch interruptedWhen(String file) {
        return endedWhen(file, Process::destroy);
    }

    private static Sandbox.Launch endedWhen(String file, Consumer<Process> end) {
        return (box, arguments) -> {
            Process process = command(System.getProperty("java.class.path"), List.of(), arguments)
                    .redirectOutput(box.path("output.txt").toFile())
                    .start();
            while (process.isAlive() && !Files.exists(box.path(file))) {
                Thread.sleep(10);
            }
            end.accept(process);
            Door.Answer answer = answer(box, process);
            if (Files.exists(box.path(Sandbox.PIDS)) && answer.exitCode() == 137) {
                // What a killed program had started, nobody can end but the system or whoever killed it.
                box.text(Sandbox.PIDS)
                        .lines()
                        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                        .forEach(ProcessHandle::destroyForcibly);
            }
            return answer;
        };
    }

    /** In this process; {@code action} is done to the worker as soon as it is there. */
    static Sandbox.Launch whenTheWorkerStarts(Consumer<ProcessHandle> action) {
        return (box, arguments) -> {
            Set<ProcessHandle> before =
                    new HashSet<>(ProcessHandle.current().descendants().toList());
            AtomicBoolean ended = new AtomicBoolean();
            Thread watch = new Thread(() -> {
                while (!ended.get()) {
                    Optional<ProcessHandle> worker = ProcessHandle.current()
                            .descendants()
                            .filter(process -> !before.contains(process))
                            .findFirst();
                    if (worker.isPresent()) {
                        action.accept(worker.get());
                        return;
                    }
                }
            });
            watch.start();
            try {
                return Door.run(Map.of(), null, arguments.toArray(String[]::new));
            } finally {
                ended.set(true);
                watch.join();
            }
        };
    }

    private static ProcessBuilder command(String classPath, List<String> words, List<String> arguments) {
        List<String> command = new ArrayList<>(words);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp", classPath, Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static Door.Answer answer(Sandbox box, Process process) throws Exception {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the program does not end");
        }
        String text = Files.readString(box.path("output.txt"), StandardCharsets.UTF_8);
        return new Door.Answer(onTheWire(process.exitValue()), text);
    }

    /** A Java that cannot start exits with 1, so the program says FAILED by another code, which its launcher turns back. */
    private static int onTheWire(int code) {
        return code == FAILED_ON_THE_WIRE ? 1 : code == 1 ? 3 : code;
    }

    /** This process's class path without the entries whose name begins with {@code name}. */
    static String classPathWithout(String name) {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Path.of(entry).getFileName().toString().startsWith(name)) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
