// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import org.jspecify.annotations.Nullable;

/** What came back is no answer to what was asked; the message completes "its answer …". */
public final class BadAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    BadAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
