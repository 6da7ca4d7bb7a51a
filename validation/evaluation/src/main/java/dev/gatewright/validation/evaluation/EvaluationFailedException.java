// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import org.jspecify.annotations.Nullable;

/** Nothing could be judged: the model or the rows cannot be had. The message says why and what to do. */
public final class EvaluationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure with its sentence. */
    public EvaluationFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
