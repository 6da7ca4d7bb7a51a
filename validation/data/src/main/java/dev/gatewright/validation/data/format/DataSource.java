// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import java.nio.file.Path;

/** What a data set is read from: a file, or several that are one data set. */
public interface DataSource extends AutoCloseable {
    /** The path, as it was given. */
    Path path();

    /** The size in bytes when it was opened, of all files together. */
    long size();

    /** The digest of its bytes, as 64 lower-case hexadecimal digits; reads all of it. */
    String sha256();

    /**
     * Sees that it is still what was opened, unmodified.
     *
     * @throws dev.gatewright.validation.data.rows.FileChangedException if it is not
     */
    void verifyUnchanged();

    @Override
    void close();
}
