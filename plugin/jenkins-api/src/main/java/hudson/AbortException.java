// SPDX-License-Identifier: Apache-2.0
package hudson;

import java.io.IOException;

/** Stands for {@code hudson.AbortException} of Jenkins' core: its message is for a person, and printed without a stack trace. */
public class AbortException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public AbortException() {}

    /** With what went wrong. */
    public AbortException(String message) {
        super(message);
    }
}
