// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ServiceConfigurationError;

/** What went wrong that nobody foresaw, in one sentence with a next step. Needs no library, since one may be what is missing. */
final class Mishap {
    private Mishap() {}

    static String sentence(Throwable e) {
        if (e instanceof IncompleteException) {
            return e.getMessage() + "; install it anew";
        }
        if (e instanceof LinkageError || e instanceof ServiceConfigurationError) {
            return "a part of the program is missing or damaged (" + e + "); install it anew";
        }
        if (e instanceof OutOfMemoryError) {
            return "the program has too little memory; give it more, such as by JAVA_TOOL_OPTIONS=-Xmx2g";
        }
        if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return sentence(unchecked.getCause());
        }
        if (e instanceof IOException io) {
            return "a file cannot be read or written: " + file(io);
        }
        if (e.getCause() instanceof Error cause) {
            return sentence(cause); // what another thread met
        }
        return "an unexpected error: " + e + "; --debug shows where";
    }

    /** The message of a file's exception is often its name alone. */
    private static String file(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof NoSuchFileException) {
            return message + " is not there";
        }
        if (e instanceof AccessDeniedException) {
            return message + " is not permitted to this user";
        }
        boolean nameOnly = e instanceof FileSystemException system && system.getReason() == null;
        return nameOnly ? message + " (" + e.getClass().getSimpleName() + ")" : message;
    }
}
