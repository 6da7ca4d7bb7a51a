// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import org.jspecify.annotations.Nullable;

/** Git could not be asked: a repository is there, and it cannot be read. */
public final class GitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GitException(String message) {
        super(message);
    }

    GitException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
