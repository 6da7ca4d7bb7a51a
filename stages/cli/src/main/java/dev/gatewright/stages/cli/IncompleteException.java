// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

/** A part of the program is not there; the message says which. */
final class IncompleteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IncompleteException(String message) {
        super(message);
    }

    IncompleteException(String message, Throwable cause) {
        super(message, cause);
    }
}
