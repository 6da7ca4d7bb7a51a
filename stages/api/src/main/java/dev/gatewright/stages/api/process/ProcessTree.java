// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * A process with all that it started. Those that detached themselves are found by a mark in their environment, where the
 * system shows environments ({@code /proc}); a process passes its environment on to its children.
 */
final class ProcessTree {
    private static final String MARK = "GATEWRIGHT_COMMAND";
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LONGEST_DYING = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private final ProcessHandle root;
    private final String mark;
    private final Set<ProcessHandle> seen = new HashSet<>();

    ProcessTree(ProcessHandle root, String mark) {
        this.root = root;
        this.mark = mark;
    }

    /** Puts a new mark into an environment and returns it. */
    static String mark(Map<String, String> environment) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String mark = HexFormat.of().formatHex(random);
        environment.put(MARK, mark);
        return mark;
    }

    /**
     * Asks all of them to end, and kills what has not ended after a grace time. Does not return before they are gone.
     *
     * @throws IllegalStateException if the system does not let one of them end
     */
    void end() {
        boolean interrupted = Thread.interrupted();
        collect();
        seen.forEach(ProcessHandle::destroy);
        long asked = System.nanoTime();
        while (anyRuns() && System.nanoTime() - asked < GRACE.toNanos()) {
            interrupted |= pause();
        }
        long killed = System.nanoTime();
        // Each round may find processes that were started since the one before; and two quiet ones are needed, since a
        // process shows no environment, and so no mark, in the moment in which it becomes another program.
        for (int quiet = 0; quiet < 2; ) {
            collect();
            quiet = anyRuns() ? 0 : quiet + 1;
            if (System.nanoTime() - killed > LONGEST_DYING.toNanos()) {
                throw new IllegalStateException("processes that cannot be ended: " + seen);
            }
            seen.forEach(ProcessHandle::destroyForcibly);
            interrupted |= quiet < 2 && pause();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean anyRuns() {
        return seen.stream().anyMatch(process -> process.isAlive() && !isZombie(process));
    }

    /** Ended, but still listed because nobody has asked for its exit code: a container may have nobody who does. */
    private static boolean isZombie(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    private void collect() {
        if (root.isAlive()) {
            add(root);
        }
        Path processes = Path.of("/proc");
        if (!Files.isDirectory(processes)) {
            return;
        }
        byte[] entry = (MARK + "=" + mark).getBytes(StandardCharsets.US_ASCII);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (Path folder : folders) {
                if (hasEntry(folder.resolve("environ"), entry)) {
                    ProcessHandle.of(Long.parseLong(String.valueOf(folder.getFileName())))
                            .ifPresent(this::add);
                }
            }
        } catch (IOException e) {
            // Without the list only the descendants are known; they were added above.
        }
    }

    /** With its descendants: one of them may have cleared its environment. */
    private void add(ProcessHandle process) {
        seen.add(process);
        process.descendants().forEach(seen::add);
    }

    private static boolean hasEntry(Path environ, byte[] entry) {
        try {
            byte[] bytes = Files.readAllBytes(environ);
            for (int start = 0; start < bytes.length; ) {
                int end = start;
                while (end < bytes.length && bytes[end] != 0) {
                    end++;
                }
                if (java.util.Arrays.equals(bytes, start, end, entry, 0, entry.length)) {
                    return true;
                }
                start = end + 1;
            }
            return false;
        } catch (IOException e) {
            // It has ended, or belongs to somebody else: then it does not carry our mark.
            return false;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
