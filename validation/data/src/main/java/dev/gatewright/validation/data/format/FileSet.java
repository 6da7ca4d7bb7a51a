// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.FileChangedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a folder, or those that a glob matches, which are one data set. Each is opened when its turn comes, and must
 * then be the one that was there at first.
 */
public final class FileSet implements DataSource {
    private final Path path;
    private final FileListing listing;
    private final List<String> names;
    private final List<FileIdentity> identities = new ArrayList<>();

    private FileSet(Path path) {
        this.path = path;
        this.listing = FileListing.of(path);
        this.names = listing.names();
        for (int i = 0; i < names.size(); i++) {
            identities.add(identity(i));
        }
    }

    /** Whether {@code path} stands for several files. */
    public static boolean isNamedBy(Path path) {
        return FileListing.isSet(path);
    }

    /**
     * Lists what {@code path} stands for.
     *
     * @throws BadDataException if there is nothing, or something else than data files
     * @throws UncheckedIOException if it cannot be read
     */
    public static FileSet open(Path path) {
        return new FileSet(path);
    }

    @Override
    public Path path() {
        return path;
    }

    /** The number of files; at least one. */
    public int count() {
        return names.size();
    }

    /** Where file {@code i} is, from 0. */
    public Path file(int i) {
        return listing.folder().resolve(names.get(i));
    }

    /**
     * Opens file {@code i}.
     *
     * @throws FileChangedException if it is not the one that was listed
     */
    public OpenFile open(int i) {
        OpenFile file = OpenFile.open(file(i));
        try {
            verifyUnchanged(i);
            return file;
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    @Override
    public long size() {
        long size = 0;
        for (FileIdentity identity : identities) {
            size += identity.size();
        }
        return size;
    }

    /** Of one file, the SHA-256 of its bytes; of several, that of {@link Sha256Sums} by their names. */
    @Override
    public String sha256() {
        Sha256Sums sums = new Sha256Sums();
        for (int i = 0; i < names.size(); i++) {
            try (OpenFile file = open(i)) {
                String sha256 = file.sha256();
                if (names.size() == 1) {
                    return sha256;
                }
                sums.add(sha256, names.get(i));
            }
        }
        return sums.digest();
    }

    @Override
    public void verifyUnchanged() {
        List<String> now = listing.names();
        if (!now.equals(names)) {
            throw new FileChangedException(path, names.size() + " files", now.size() + " files, not all the same");
        }
        for (int i = 0; i < names.size(); i++) {
            verifyUnchanged(i);
        }
    }

    private void verifyUnchanged(int i) {
        FileIdentity now = identity(i);
        if (!now.isSameAs(identities.get(i))) {
            throw new FileChangedException(file(i), identities.get(i).sentence(), now.sentence());
        }
    }

    private FileIdentity identity(int i) {
        try {
            return FileIdentity.of(file(i));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see whether " + file(i) + " changed while it was read", e);
        }
    }

    /** Nothing is held open. */
    @Override
    public void close() {}
}
