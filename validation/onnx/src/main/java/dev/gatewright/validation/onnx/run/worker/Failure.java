// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.OrtException;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.util.Locale;

/**
 * Why a model cannot be loaded or run, in a sentence with the next step. In a worker it is why that gives up, and becomes a {@link
 * WorkerFailure} on the other side.
 */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final WorkerFailure.Kind kind;

    Failure(WorkerFailure.Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    /** What kind of failure it is. */
    public WorkerFailure.Kind kind() {
        return kind;
    }

    /** A failure of ONNX Runtime; of memory, where it says so, whatever it was doing. */
    static Failure of(WorkerFailure.Kind kind, String before, OrtException cause, String after) {
        String message = String.valueOf(cause.getMessage());
        if (speaksOfMemory(message)) {
            return outOfMemory(message);
        }
        return new Failure(kind, before + message + after);
    }

    static Failure outOfMemory(String message) {
        return new Failure(
                WorkerFailure.Kind.OUT_OF_MEMORY,
                "The worker has no memory left: " + message
                        + ". Next: use a smaller model or batch, or a machine with more memory.");
    }

    /** ONNX Runtime itself is missing, or its native part. */
    static Failure notThere(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean jar = root instanceof NoClassDefFoundError || root instanceof ClassNotFoundException;
        return new Failure(
                WorkerFailure.Kind.NOT_STARTED,
                jar
                        ? "ONNX Runtime is not on the worker's class path: " + root.getMessage()
                                + " is missing. Next: put the jar com.microsoft.onnxruntime:onnxruntime there, or install"
                                + " the program anew."
                        : "ONNX Runtime's native library cannot be loaded: " + root
                                + ". Next: use a system that it is built for (Linux with glibc, macOS or Windows, 64-bit),"
                                + " and leave room in the folder for temporary files.");
    }

    private static boolean speaksOfMemory(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("bad_alloc")
                || lower.contains("bad allocation")
                || lower.contains("failed to allocate memory")
                || lower.contains("out of memory");
    }
}
