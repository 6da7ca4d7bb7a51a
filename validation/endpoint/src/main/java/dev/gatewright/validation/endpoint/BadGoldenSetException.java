// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import org.jspecify.annotations.Nullable;

/** A golden file that is none: the message says what, where, and what belongs there. */
public final class BadGoldenSetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A golden file that is none. */
    public BadGoldenSetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
