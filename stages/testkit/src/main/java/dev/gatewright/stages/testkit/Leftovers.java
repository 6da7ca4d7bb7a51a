// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what a stage started or opened and did not end: threads, processes, temporary files. */
final class Leftovers {
    private static final long PATIENCE = 5_000_000_000L;
    private static final String HTTP_CLIENT = "'HttpClient-";

    /** Threads that Java itself keeps for a while. */
    private static final Set<String> OF_JAVA = Set.of(
            "process reaper",
            "Common-Cleaner",
            "Keep-Alive-Timer",
            "Attach Listener",
            "Signal Dispatcher",
            "CompletableFutureDelayScheduler");

    private final Path folder;
    private final Set<Thread> threads = Thread.getAllStackTraces().keySet();
    private final Set<ProcessHandle> processes = new HashSet<>(children());

    /** Takes note of what is there before a stage runs in {@code folder}. */
    Leftovers(Path folder) {
        this.folder = folder;
    }

    /** What is there that was not there before; what is just about to end is waited for. */
    List<String> find() throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<String> found = look();
        while (!found.isEmpty() && System.nanoTime() - start < PATIENCE) {
            if (found.stream().anyMatch(left -> left.contains(HTTP_CLIENT))) {
                // In Java 17 an HTTP client cannot be closed: its thread ends soon after the client was collected.
                System.gc();
            }
            Thread.sleep(20);
            found = look();
        }
        return found;
    }

    private List<String> look() throws IOException {
        List<String> found = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean ofJava =
                    OF_JAVA.contains(thread.getName()) || thread.getName().startsWith("ForkJoinPool.commonPool");
            if (!threads.contains(thread) && !ofJava && thread != Thread.currentThread()) {
                found.add("the thread '" + thread.getName() + "'");
            }
        }
        for (ProcessHandle process : children()) {
            if (!processes.contains(process)) {
                found.add("the process " + process.pid() + " "
                        + process.info().commandLine().orElse(""));
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Leftovers::isTemporary).forEach(file -> found.add("the file " + folder.relativize(file)));
        }
        return found;
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".tmp") || name.startsWith("."));
    }
}
