// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import org.jspecify.annotations.Nullable;

/** An endpoint could not be asked, or what it answered is no answer. */
public final class EndpointFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String next;

    /**
     * An endpoint that gave no answer.
     *
     * @param message what happened, where, and why, in one sentence without a full stop
     * @param next what to do about it, in one sentence without a full stop
     */
    public EndpointFailedException(String message, String next, @Nullable Throwable cause) {
        super(message, cause);
        this.next = next;
    }

    /** What to do about it. */
    public String next() {
        return next;
    }
}
