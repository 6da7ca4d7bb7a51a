// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.nio.file.Path;

/** A file that was replaced or written to while it was read, so that nothing read from it can be trusted. */
public final class FileChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String before;
    private final String now;

    /** {@code file}, which was as {@code before} says when it was opened, is as {@code now} says. */
    public FileChangedException(Path file, String before, String now) {
        super(file + " changed while it was read: it was " + before + "; it is " + now
                + "; run again when nothing writes to it");
        this.file = file;
        this.before = before;
        this.now = now;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Its size, times and identity when it was opened. */
    public String before() {
        return before;
    }

    /** Its size, times and identity now. */
    public String now() {
        return now;
    }
}
