// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A registry did not do what it was asked, and asking again does not help; the message says what, where and why. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    RegistryException(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status that it answered; 0 where it gave no answer. */
    public int status() {
        return status;
    }
}
