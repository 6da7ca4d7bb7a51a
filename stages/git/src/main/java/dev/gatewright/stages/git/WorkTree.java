// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The files of a working tree, held against the index.
 *
 * <p>A file whose size and time are those that git saw is not opened; of any other, the content decides. Links are not
 * followed, and no filter is run. So a file that git keeps in another form, and whose time is not the one that git saw,
 * counts as changed, but for the two forms that are known here: line feeds for line ends, and large file storage. What
 * hides a change from {@code git status} (assumed unchanged, ignored submodules) does not hide it here.
 */
final class WorkTree {
    private static final ObjectId EMPTY = ObjectId.fromString("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");

    private final Path root;
    private final FileTime indexWritten;
    private final boolean modesCount;
    private final boolean linksAreFiles;
    private final Class<? extends BasicFileAttributes> attributesHere;
    private final int depth;

    private final Map<String, Boolean> folders = new HashMap<>();
    private String lastFolder = "";
    private boolean lastFolderIsThere = true;

    /** @param depth how many submodules lie around this working tree */
    WorkTree(Path root, FileTime indexWritten, Config config, int depth) {
        this.root = root;
        this.indexWritten = indexWritten;
        this.modesCount = config.getBoolean("core", "filemode", true);
        this.linksAreFiles = !config.getBoolean("core", "symlinks", true);
        this.attributesHere = Files.getFileAttributeView(root, PosixFileAttributeView.class) == null
                ? BasicFileAttributes.class
                : PosixFileAttributes.class;
        this.depth = depth;
    }

    /** The first {@code most} of the paths whose files are not what is staged. */
    Set<String> changes(List<IndexEntry> entries, int most) throws IOException {
        Set<String> changes = new LinkedHashSet<>();
        for (IndexEntry entry : entries) {
            if (changes.size() == most) {
                break;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted in " + root);
            }
            if (isChanged(entry)) {
                changes.add(entry.path());
            }
        }
        return changes;
    }

    private boolean isChanged(IndexEntry entry) throws IOException {
        if (entry.isUnmerged() || entry.isOnlyIntended()) {
            return true;
        }
        String path = entry.path();
        try {
            if (!isFolderThere(path)) {
                return !entry.skipsWorkTree();
            }
            return isChanged(entry, root.resolve(path));
        } catch (InvalidPathException e) {
            return true; // a name that Java cannot spell on this machine: nothing shows that it is unchanged
        }
    }

    private boolean isChanged(IndexEntry entry, Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, attributesHere, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            return !entry.skipsWorkTree();
        }
        FileMode mode = entry.mode();
        if (mode == FileMode.GITLINK) {
            return !attributes.isDirectory() || isSubmoduleChanged(entry, file);
        }
        if (mode == FileMode.SYMLINK && !(linksAreFiles && attributes.isRegularFile())) {
            return !attributes.isSymbolicLink()
                    || !(isAsSeen(entry, attributes) || Contents.ofLinkIs(entry.content(), file));
        }
        return !attributes.isRegularFile()
                || isModeChanged(mode, attributes)
                || !(isAsSeen(entry, attributes) || isContentKept(entry, file, attributes.size()));
    }

    /** Whether the folder of {@code path} is one, and not reached through a link. */
    private boolean isFolderThere(String path) {
        String folder = path.substring(0, Math.max(path.lastIndexOf('/', path.length() - 2), 0));
        // The paths are sorted: most lie in the folder of the one before.
        if (!folder.equals(lastFolder)) {
            lastFolder = folder;
            lastFolderIsThere = areFolders(folder);
        }
        return lastFolderIsThere;
    }

    private boolean areFolders(String folder) {
        for (int end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
            if (!isFolder(folder.substring(0, end))) {
                return false;
            }
        }
        return folder.isEmpty() || isFolder(folder);
    }

    private boolean isFolder(String path) {
        return folders.computeIfAbsent(path, p -> Files.isDirectory(root.resolve(p), LinkOption.NOFOLLOW_LINKS));
    }

    private boolean isModeChanged(FileMode mode, BasicFileAttributes attributes) {
        return modesCount
                && attributes instanceof PosixFileAttributes posixAttributes
                && posixAttributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
                        != (mode == FileMode.EXECUTABLE_FILE);
    }

    /** Whether size and time are those that git saw, and no later change can hide behind them. */
    private boolean isAsSeen(IndexEntry entry, BasicFileAttributes attributes) {
        return isSizeSeen(entry)
                && entry.size() == (int) attributes.size()
                && entry.sawTime(attributes.lastModifiedTime())
                && !entry.isRacy(indexWritten);
    }

    /** Size 0 is also how git marks a file that it must look at again. */
    private static boolean isSizeSeen(IndexEntry entry) {
        return entry.size() != 0 || entry.content().equals(EMPTY);
    }

    private boolean isContentKept(IndexEntry entry, Path file, long size) throws IOException {
        boolean sizeSeen = isSizeSeen(entry);
        if (sizeSeen && entry.size() != (int) size) {
            return false;
        }
        ObjectId content = entry.content();
        // Only if the file had this very size when git saw that it agrees, can it be the longer form of what is staged.
        return Contents.is(content, file, size)
                || (sizeSeen && Contents.isWithLineFeeds(content, file, size))
                || Contents.isLargeFile(content, file, size);
    }

    /** Another commit is checked out in the submodule, or a file of it is changed. One that is not set up is as staged. */
    private boolean isSubmoduleChanged(IndexEntry entry, Path folder) throws IOException {
        Path dotGit = folder.resolve(".git");
        if (!Files.exists(dotGit, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (OpenRepository submodule = OpenRepository.open(dotGit, folder, depth + 1)) {
            return !entry.content().equals(submodule.head().orElse(null)) || submodule.isDirty();
        } catch (GitException | IOException e) {
            return true; // nothing shows that it is unchanged
        }
    }
}
