// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a model could not be run, or not to the end. The message is a sentence: what happened, why as far as it is known, and
 * the next step. The worker process has ended.
 */
public final class WorkerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** The worker did not come up: Java, a jar or a native library is missing, or does not fit. */
        NOT_STARTED,
        /** ONNX Runtime does not take the model, or the model does not take the rows. */
        REFUSED,
        /** The demanded device cannot be had. */
        DEVICE,
        /** ONNX Runtime took the model and failed while it ran. */
        RUN_FAILED,
        /** The worker's process ended by itself, or was killed. */
        CRASHED,
        /** The worker took longer than its time limit. */
        HUNG,
        /** The worker needed more memory than its limit, or than there is. */
        OUT_OF_MEMORY,
        /** The worker said what a worker does not say: its answers cannot be trusted. */
        MISBEHAVED,
        /** The calling thread was interrupted; it is so again. */
        INTERRUPTED,
    }

    /** The kind. */
    private final Kind kind;

    WorkerFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    WorkerFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }
}
