// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.data.rows.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A regular file held open: whatever is read or hashed comes through the one channel, from any number of threads. A
 * thread that is interrupted while it reads closes the file for all.
 */
public final class OpenFile implements DataSource {
    private static final int CHUNK = 1 << 18;

    private final Path path;
    private final FileChannel channel;
    private final FileIdentity identity;

    private OpenFile(Path path, FileChannel channel, FileIdentity identity) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Opens {@code path}.
     *
     * @throws BadDataException if there is no such file, or it is a folder, a pipe, a device, or a pointer to data that
     *     are still to be fetched
     * @throws UncheckedIOException if it cannot be opened
     */
    public static OpenFile open(Path path) {
        try {
            if (!Files.exists(path)) {
                throw Pointers.missing(path);
            }
            if (!Files.isRegularFile(path)) {
                String found = Files.isDirectory(path) ? "a folder" : "no regular file";
                throw new BadDataException(Place.of(path), found, "a data file");
            }
            FileIdentity identity = FileIdentity.of(path);
            OpenFile file = new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ), identity);
            file.check();
            return file;
        } catch (NoSuchFileException e) {
            throw Pointers.missing(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + path, e);
        }
    }

    private void check() {
        try {
            // The channel and the identity must be those of one file, though another may be moved to its name
            // meanwhile.
            verifyUnchanged();
            Pointers.refuse(this);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    @Override
    public Path path() {
        return path;
    }

    /** The size in bytes when it was opened; nothing beyond it is ever read. */
    @Override
    public long size() {
        return identity.size();
    }

    /**
     * Fills {@code into} from its position to its limit with the bytes at {@code offset}.
     *
     * @throws FileChangedException if the file ends before that, though its size said otherwise
     */
    public void read(long offset, ByteBuffer into) {
        try {
            long at = offset;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw changed(FileIdentity.of(path));
                }
                at += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The SHA-256 of the file's bytes, as 64 lower-case hexadecimal digits; reads all of it. */
    @Override
    public String sha256() {
        MessageDigest digest = newSha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long at = 0; at < size(); at += chunk.capacity()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), size() - at));
            read(at, chunk);
            digest.update(chunk.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Sees that the path still names the very file that was opened, unmodified: then what was read and what was hashed
     * are the same bytes. A writer that undoes its change of the file's times is not noticed.
     *
     * @throws FileChangedException if it does not
     */
    @Override
    public void verifyUnchanged() {
        FileIdentity now;
        try {
            now = FileIdentity.of(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see whether " + path + " changed while it was read", e);
        }
        if (!now.isSameAs(identity)) {
            throw changed(now);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }

    private FileChangedException changed(FileIdentity now) {
        return new FileChangedException(path, identity.sentence(), now.sentence());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
