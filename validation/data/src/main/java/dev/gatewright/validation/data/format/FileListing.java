// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Glob;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files that a folder, or a glob in a folder, stands for: by name, in the order of the names' bytes. */
final class FileListing {
    private static final int MOST_FILES = 100_000;

    /** What programs that write data sets in parts leave beside them. */
    private static final Set<String> MARKS = Set.of("_SUCCESS", "_metadata", "_common_metadata");

    private final Path named;
    private final Path folder;
    private final String glob;

    private FileListing(Path named, Path folder, String glob) {
        this.named = named;
        this.folder = folder;
        this.glob = glob;
    }

    /** Whether {@code path} stands for several files: it is a folder, or no file and a glob. */
    static boolean isSet(Path path) {
        return Files.isDirectory(path) || (!Files.exists(path) && Glob.isGlob(String.valueOf(path.getFileName())));
    }

    /** What {@code path} stands for. */
    static FileListing of(Path path) {
        if (Files.isDirectory(path)) {
            return new FileListing(path, path, "*");
        }
        Path folder = path.getParent();
        return new FileListing(path, folder == null ? Path.of("") : folder, String.valueOf(path.getFileName()));
    }

    /** The folder that the files lie in. */
    Path folder() {
        return folder;
    }

    /**
     * The names of the files there are now.
     *
     * @throws BadDataException if there are none, or something that is no file, or a link that leads out of the folder
     */
    List<String> names() {
        if (!Files.isDirectory(folder)) {
            throw Pointers.missing(named);
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            Path real = folder.toRealPath();
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".") && !MARKS.contains(name) && Glob.matches(glob, name)) {
                    check(entry, name, real);
                    names.add(name);
                }
                if (names.size() > MOST_FILES) {
                    throw bad("more than " + MOST_FILES + " files", "at most as many", "write larger files");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException("cannot list " + folder, e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        if (names.isEmpty()) {
            throw bad(
                    Files.isDirectory(named) ? "an empty folder" : "no file of such a name",
                    "data files",
                    "see where the data were written to");
        }
        names.sort(Sha256Sums.ORDER);
        return names;
    }

    private void check(Path entry, String name, Path realFolder) throws IOException {
        if (Files.isDirectory(entry)) {
            throw bad(
                    "the folder " + Quote.of(name), "files only", "name a folder that holds the data files themselves");
        }
        if (!Files.isRegularFile(entry)) {
            throw bad(Quote.of(name) + ", which is no regular file", "files only", "remove it");
        }
        if (Files.isSymbolicLink(entry) && !entry.toRealPath().startsWith(realFolder)) {
            throw bad("the link " + Quote.of(name) + ", which leads out of the folder", "files of it", "copy the file");
        }
        if (name.indexOf('\n') >= 0 || name.indexOf('\\') >= 0) {
            throw bad("the name " + Quote.of(name), "one without line ends and backslashes", "rename it");
        }
    }

    private BadDataException bad(String found, String expected, String nextStep) {
        return new BadDataException(Place.of(named), found, expected, nextStep);
    }
}
