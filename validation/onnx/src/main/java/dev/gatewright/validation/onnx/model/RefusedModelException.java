// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that must not reach native code, with what was found, where, what is allowed, and the next step.
 *
 * <p>Text that comes from the model is quoted, shortened, and free of control characters.
 */
public final class RefusedModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;
    private final String file;
    private final String where;
    private final String found;
    private final String nextStep;

    RefusedModelException(
            Refusal reason, Path file, String where, String found, String nextStep, @Nullable Throwable cause) {
        super(sentence(reason, file, where, found, nextStep), cause);
        this.reason = reason;
        this.file = file.toString();
        this.where = where;
        this.found = found;
        this.nextStep = nextStep;
    }

    private static String sentence(Refusal reason, Path file, String where, String found, String nextStep) {
        return "Model " + Quoted.of(file.toString()) + " is refused: " + (where.isEmpty() ? "it" : where) + " " + found
                + ". Allowed: " + reason.allowed() + ". Next: " + nextStep + ".";
    }

    /** The reason, for machines. */
    public Refusal reason() {
        return reason;
    }

    /** The model's main file, as it was named. */
    public String file() {
        return file;
    }

    /** The node, tensor or byte that the refusal is about; empty where it is the whole file. */
    public String where() {
        return where;
    }

    /** What was found there. */
    public String found() {
        return found;
    }

    /** What a person can do. */
    public String nextStep() {
        return nextStep;
    }
}
