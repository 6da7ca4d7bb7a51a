// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The index of a repository: the tracked paths in the order of their bytes.
 *
 * <p>Reads versions 2 to 4 of the format that git's {@code gitformat-index} page describes. JGit's own reader is not
 * used: it allocates what the file claims, and forgets the sizes by which a file that git keeps in another form is told
 * to be unchanged.
 *
 * @param entries the tracked paths
 * @param tree the tree that the entries make up, where git has noted it; null otherwise
 * @param written when the index was written
 */
record Index(List<IndexEntry> entries, @Nullable ObjectId tree, FileTime written) {
    /** More than two million paths. */
    private static final long LARGEST_FILE = 256L << 20;

    private static final int DIGEST_BYTES = Constants.OBJECT_ID_LENGTH;
    private static final int SMALLEST_ENTRY = 62;
    private static final int EXTENDED = 0x4000;
    private static final int LONG_PATH = 0xFFF;

    /** The index in {@code file}; an empty one if there is no such file. */
    static Index read(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return new Index(List.of(), null, FileTime.fromMillis(0));
        }
        if (!attributes.isRegularFile() || attributes.size() > LARGEST_FILE) {
            throw new GitException("the index " + file + " is no file of at most " + LARGEST_FILE + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            return new Reader(bytes).read(attributes.lastModifiedTime());
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new GitException("the index " + file + " is damaged: `git status` says more", e);
        }
    }

    /** Reads one file. What does not fit ends in the exceptions of {@link ByteBuffer}. */
    private static final class Reader {
        private final ByteBuffer in;

        private Reader(byte[] bytes) {
            check(bytes.length >= 12 + DIGEST_BYTES);
            int end = bytes.length - DIGEST_BYTES;
            byte[] digest = Arrays.copyOfRange(bytes, end, bytes.length);
            // All zeros: git was told to save the time of digesting (index.skipHash).
            if (!Arrays.equals(digest, new byte[DIGEST_BYTES])) {
                MessageDigest actual = Constants.newMessageDigest();
                actual.update(bytes, 0, end);
                check(Arrays.equals(digest, actual.digest()));
            }
            in = ByteBuffer.wrap(bytes, 0, end);
        }

        private Index read(FileTime written) {
            check(in.getInt() == 0x44495243); // "DIRC"
            int version = in.getInt();
            check(version >= 2 && version <= 4);
            int count = in.getInt();
            check(count >= 0 && count <= in.remaining() / SMALLEST_ENTRY);
            List<IndexEntry> entries = new ArrayList<>(count);
            byte[] previous = {};
            for (int i = 0; i < count; i++) {
                IndexEntry entry = entry(version, previous);
                entries.add(entry);
                previous = entry.rawPath();
            }
            ObjectId tree = tree();
            entries.forEach(entry -> checkPath(entry.rawPath(), entry.mode()));
            return new Index(entries, tree, written);
        }

        private IndexEntry entry(int version, byte[] previous) {
            int start = in.position();
            in.position(start + 8); // when its attributes changed: Java does not tell that of a file
            int seconds = in.getInt();
            int nanos = in.getInt();
            in.position(start + 24); // device and inode
            int mode = in.getInt();
            in.position(start + 36); // owner
            int size = in.getInt();
            byte[] content = new byte[DIGEST_BYTES];
            in.get(content);
            int flags = Short.toUnsignedInt(in.getShort());
            int length = flags & LONG_PATH;
            if ((flags & EXTENDED) != 0) {
                check(version >= 3);
                flags |= Short.toUnsignedInt(in.getShort()) << 16;
            }
            byte[] path = version == 4 ? path(previous) : path(length);
            if (version != 4) {
                in.position(start + (in.position() - start + 8) / 8 * 8);
            }
            return new IndexEntry(path, mode, ObjectId.fromRaw(content), seconds, nanos, size, flags);
        }

        private byte[] path(int length) {
            byte[] path = new byte[length < LONG_PATH ? length : untilZero()];
            in.get(path);
            return path;
        }

        /** A path that says how many bytes of the previous one are replaced, and by which. */
        private byte[] path(byte[] previous) {
            long dropped = 0;
            int next;
            do {
                next = in.get();
                dropped = (dropped << 7) + (next & 0x7F);
                check(dropped <= previous.length);
                // Each further byte starts where the shorter numbers end.
                dropped += next < 0 ? 1 : 0;
            } while (next < 0);
            int kept = previous.length - (int) dropped;
            int added = untilZero();
            byte[] path = Arrays.copyOf(previous, kept + added);
            in.get(path, kept, added);
            in.get();
            return path;
        }

        private int untilZero() {
            int at = in.position();
            while (in.get(at) != 0) {
                at++;
            }
            return at - in.position();
        }

        private @Nullable ObjectId tree() {
            ObjectId tree = null;
            while (in.hasRemaining()) {
                byte[] name = new byte[4];
                in.get(name);
                int length = in.getInt();
                check(length >= 0 && length <= in.remaining());
                ByteBuffer extension = in.slice().limit(length);
                in.position(in.position() + length);
                String called = new String(name, StandardCharsets.ISO_8859_1);
                if (called.equals("TREE")) {
                    tree = root(extension);
                } else if (called.equals("link")) {
                    throw new GitException("the index is split in two files, which cannot be read here: run"
                            + " `git update-index --no-split-index`");
                } else {
                    // Capitals mark what may be skipped; "sdir" only says that folders stand among the entries.
                    check(Character.isUpperCase(called.charAt(0)) || called.equals("sdir"));
                }
            }
            return tree;
        }

        /** The first of the nested trees: an empty path, a count of entries or -1, a count of trees, the id. */
        private static @Nullable ObjectId root(ByteBuffer extension) {
            check(extension.get() == 0);
            boolean valid = extension.get(extension.position()) != '-';
            while (extension.get() != '\n') {
                check(extension.position() < 32);
            }
            if (!valid) {
                return null;
            }
            byte[] id = new byte[DIGEST_BYTES];
            extension.get(id);
            return ObjectId.fromRaw(id);
        }

        /** Refuses what git never writes: a path that leaves the working tree or leads into the repository. */
        private static void checkPath(byte[] path, FileMode mode) {
            check(path.length > 0);
            boolean folder = path[path.length - 1] == '/';
            check(folder == (mode == FileMode.TREE));
            int end = folder ? path.length - 1 : path.length;
            for (int start = 0, at = 0; at <= end; at++) {
                if (at == end || path[at] == '/') {
                    checkName(path, start, at - start);
                    start = at + 1;
                } else {
                    check(path[at] != 0);
                }
            }
        }

        private static void checkName(byte[] path, int start, int length) {
            check(length > 0);
            if (path[start] == '.' && length <= 4) {
                String name = new String(path, start, length, StandardCharsets.UTF_8);
                check(!name.equals(".") && !name.equals("..") && !name.equalsIgnoreCase(".git"));
            }
        }

        private static void check(boolean holds) {
            if (!holds) {
                throw new IllegalArgumentException("not the format of an index");
            }
        }
    }
}
