// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import org.jspecify.annotations.Nullable;

/** The source model could not be asked. The message says what is wrong and what to do next. */
public final class SourceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With its cause, if there is one. */
    public SourceFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
