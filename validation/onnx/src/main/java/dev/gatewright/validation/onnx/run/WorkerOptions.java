// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * With what means a worker runs.
 *
 * @param java the launcher of the worker's Java
 * @param classPath this module and ONNX Runtime
 * @param javaFlags flags of the worker's Java, after those that every worker has
 * @param memoryBytes the most memory that the worker's process may take
 * @param startLimit how long the worker may take until the model is loaded
 * @param callLimit how long a single batch may take
 */
public record WorkerOptions(
        Path java,
        List<Path> classPath,
        List<String> javaFlags,
        long memoryBytes,
        Duration startLimit,
        Duration callLimit) {
    private static final long USUAL_MEMORY = 8L << 30;
    private static final Duration USUAL_START = Duration.ofMinutes(5);
    private static final Duration USUAL_CALL = Duration.ofMinutes(5);

    /** Keeps its own copies, and refuses limits that are none. */
    public WorkerOptions {
        classPath = List.copyOf(classPath);
        javaFlags = List.copyOf(javaFlags);
        if (memoryBytes < 1 || !isPositive(startLimit) || !isPositive(callLimit)) {
            throw new IllegalArgumentException("every limit of a worker is above zero");
        }
    }

    /** The usual means: the Java that runs this program, 8 GiB, five minutes to start and as many for each batch. */
    public static WorkerOptions of(List<Path> classPath) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new WorkerOptions(java, classPath, List.of(), USUAL_MEMORY, USUAL_START, USUAL_CALL);
    }

    /** The same with another Java. */
    public WorkerOptions withJava(Path launcher) {
        return new WorkerOptions(launcher, classPath, javaFlags, memoryBytes, startLimit, callLimit);
    }

    /** The same with these flags of Java. */
    public WorkerOptions withJavaFlags(String... flags) {
        return new WorkerOptions(java, classPath, List.of(flags), memoryBytes, startLimit, callLimit);
    }

    /** The same with another limit of memory. */
    public WorkerOptions withMemoryBytes(long bytes) {
        return new WorkerOptions(java, classPath, javaFlags, bytes, startLimit, callLimit);
    }

    /** The same with another limit of the time until the model is loaded. */
    public WorkerOptions withStartLimit(Duration limit) {
        return new WorkerOptions(java, classPath, javaFlags, memoryBytes, limit, callLimit);
    }

    /** The same with another limit of the time that a batch takes. */
    public WorkerOptions withCallLimit(Duration limit) {
        return new WorkerOptions(java, classPath, javaFlags, memoryBytes, startLimit, limit);
    }

    private static boolean isPositive(Duration limit) {
        return !limit.isNegative() && !limit.isZero();
    }
}
