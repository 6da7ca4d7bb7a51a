// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Glob;
import dev.gatewright.validation.data.rows.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What version control for large files leaves in their place until they are fetched: pointers of Git LFS and DVC. */
final class Pointers {
    private static final String LFS = "version https://git-lfs.github.com/spec/";
    private static final int LONGEST_LFS = 1024; // by its specification
    private static final String DVC = ".dvc";

    private Pointers() {}

    /** Refuses a {@code file} that is a pointer and not what it points to. */
    static void refuse(OpenFile file) {
        String name = String.valueOf(file.path().getFileName());
        if (name.endsWith(DVC)) {
            throw new BadDataException(
                    Place.of(file.path()),
                    "a DVC pointer",
                    "the data that it points to",
                    "run dvc pull '" + file.path() + "', and name the file that it brings");
        }
        if (file.size() > LONGEST_LFS || file.size() < LFS.length()) {
            return;
        }
        byte[] begin = new byte[LFS.length()];
        file.read(0, ByteBuffer.wrap(begin));
        if (new String(begin, StandardCharsets.ISO_8859_1).equals(LFS)) {
            throw new BadDataException(
                    Place.of(file.path()),
                    "a Git LFS pointer",
                    "the data that it points to",
                    "run git lfs pull --include '" + name + "' in that folder");
        }
    }

    /** What is to be done about {@code missing}, for which a pointer may be there, or for a folder above it. */
    static BadDataException missing(Path missing) {
        for (Path path = missing; path != null && !Files.exists(path); path = path.getParent()) {
            Path pointer = path.resolveSibling(path.getFileName() + DVC);
            if (Files.isRegularFile(pointer)) {
                return new BadDataException(
                        Place.of(missing),
                        "nothing but the DVC pointer '" + pointer + "'",
                        "a data file",
                        "run dvc pull '" + pointer + "'");
            }
        }
        return Glob.isGlob(missing.toString())
                ? new BadDataException(
                        Place.of(missing), "nothing", "data files", "a glob stands in a file's name, not in a folder's")
                : new BadDataException(Place.of(missing), "nothing", "a data file");
    }
}
