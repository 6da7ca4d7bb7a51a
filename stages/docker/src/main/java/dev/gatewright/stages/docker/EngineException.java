// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An engine could not be asked, or did not do what it was asked for; the message says which engine, and what it said. */
public final class EngineException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 800;

    EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What {@code e} says, in one line. */
    static String said(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && !(deepest instanceof DockerException)) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
        return shown(message);
    }

    /** One line of an engine's text, which is not trusted. */
    static String shown(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= LONGEST ? line : "…" + line.substring(line.length() - LONGEST);
    }
}
