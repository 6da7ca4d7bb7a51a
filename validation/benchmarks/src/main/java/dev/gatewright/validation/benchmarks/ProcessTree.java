// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process and all below it, as Linux tells. */
final class ProcessTree {
    private static final int PAGE_BYTES = 4096;

    private ProcessTree() {}

    /** The memory that they have now; pages that several share count once for each. */
    static long residentBytes(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            long bytes = PAGE_BYTES
                    * Long.parseLong(Files.readString(process.resolve("statm")).split(" ", -1)[1]);
            try (Stream<Path> threads = Files.list(process.resolve("task"))) {
                for (Path thread : (Iterable<Path>) threads::iterator) {
                    String children =
                            Files.readString(thread.resolve("children")).strip();
                    for (String child : children.isEmpty() ? new String[0] : children.split(" ", -1)) {
                        bytes += residentBytes(Long.parseLong(child));
                    }
                }
            }
            return bytes;
        } catch (IOException e) {
            return 0; // it has ended meanwhile
        }
    }
}
