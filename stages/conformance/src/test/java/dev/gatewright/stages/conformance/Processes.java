// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The processes of a run: none of them outlives it. */
final class Processes {
    private static final long PATIENCE = 10_000_000_000L;

    private final Set<ProcessHandle> before = new HashSet<>(children().toList());

    /** Fails if a process is left; one that is just about to end is waited for. */
    void checkNoneIsLeft(Sandbox box) throws Exception {
        long start = System.nanoTime();
        List<String> left = left(box);
        while (!left.isEmpty() && System.nanoTime() - start < PATIENCE) {
            Thread.sleep(20);
            left = left(box);
        }
        assertThat(left).as("processes that outlived the run").isEmpty();
    }

    private List<String> left(Sandbox box) throws Exception {
        Stream<ProcessHandle> told = Files.exists(box.path(Sandbox.PIDS))
                ? box.text(Sandbox.PIDS).lines().map(Long::parseLong).flatMap(pid -> ProcessHandle.of(pid).stream())
                : Stream.of();
        return Stream.concat(children().filter(child -> !before.contains(child)), told)
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current().descendants();
    }
}
