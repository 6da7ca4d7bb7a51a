// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the program's own parts lie.
 *
 * @param workerClassPath the jars of the worker process, which alone loads native code
 * @param workerFlags flags of the worker's Java that make it start faster
 */
public record Installation(List<Path> workerClassPath, List<String> workerFlags) {
    /** Keeps its own copies. */
    public Installation {
        workerClassPath = List.copyOf(workerClassPath);
        workerFlags = List.copyOf(workerFlags);
    }
}
