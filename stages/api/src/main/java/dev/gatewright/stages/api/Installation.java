// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
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

    /** All parts lie on the class path {@code classPath}, as where a program runs from its class files. */
    public static Installation on(String classPath) {
        List<Path> entries =
                Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
        return new Installation(entries, List.of());
    }
}
