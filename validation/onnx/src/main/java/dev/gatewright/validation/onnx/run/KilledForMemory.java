// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether Linux has killed a process of this container because its memory ran out: it counts them, and says it in no other
 * way to whoever waits for the process.
 */
final class KilledForMemory {
    private static final Path EVENTS = Path.of("/sys/fs/cgroup/memory.events");
    private static final String KEY = "oom_kill ";

    private final Path events;
    private final long before;

    private KilledForMemory(Path events) {
        this.events = events;
        this.before = count(events);
    }

    /** The count as it is now. */
    static KilledForMemory untilNow() {
        return in(EVENTS);
    }

    /** The count in a file that is written like Linux's. */
    static KilledForMemory in(Path events) {
        return new KilledForMemory(events);
    }

    /** Whether there was one since this was made. */
    boolean since() {
        return count(events) > before;
    }

    private static long count(Path events) {
        try {
            for (String line : Files.readAllLines(events)) {
                if (line.startsWith(KEY)) {
                    return Long.parseLong(line.substring(KEY.length()).strip());
                }
            }
        } catch (IOException | NumberFormatException e) {
            // No Linux, or an older one.
            return 0;
        }
        return 0;
    }
}
