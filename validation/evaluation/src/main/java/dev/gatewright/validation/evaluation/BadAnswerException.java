// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

/** A model, or a predictions file, gave something for a row that is no answer. The message says which row, what, and why. */
final class BadAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String subject;

    BadAnswerException(String subject, String message) {
        super(message);
        this.subject = subject;
    }

    /** Whose answer it was. */
    String subject() {
        return subject;
    }
}
