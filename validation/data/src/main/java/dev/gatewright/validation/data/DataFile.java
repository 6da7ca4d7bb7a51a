// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.format.DataSource;
import dev.gatewright.validation.data.format.FileSet;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.images.ImageFolder;
import dev.gatewright.validation.data.images.ImageOptions;
import dev.gatewright.validation.data.images.ImageTable;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.data.rows.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A labelled data set in one file or in several, open for reading. Its methods may be called from several threads. */
public final class DataFile implements AutoCloseable {
    private final DataSource source;
    private final Table table;
    private final Limits limits;

    private DataFile(DataSource source, Table table, Limits limits) {
        this.source = source;
        this.table = table;
        this.limits = limits;
    }

    /** Opens {@code path} with the {@link Limits#DEFAULT default limits}. */
    public static DataFile open(Path path) {
        return open(path, Limits.DEFAULT);
    }

    /**
     * Opens {@code path}, and reads what it says of its columns. It is a file, whose extension names the format; or a folder,
     * or a glob in a folder, whose files are of one format and are read one after the other, in the byte order of their
     * names; but NPY files are arrays side by side.
     *
     * @throws BadDataException if there is no such file, if its format is not known, or if its contents are not of that
     *     format
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static DataFile open(Path path, Limits limits) {
        if (FileSet.isNamedBy(path)) {
            FileSet files = FileSet.open(path);
            return new DataFile(files, DataFormat.read(files, limits), limits);
        }
        OpenFile file = OpenFile.open(path);
        try {
            return new DataFile(file, DataFormat.read(file, limits), limits);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /**
     * Opens {@code path} with the default limits: as above where {@code images} is null, and else as a folder that has a
     * folder of images for each class.
     *
     * @param images how the images are prepared
     * @throws BadDataException if it is no such file or folder
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static DataFile open(Path path, @Nullable ImageOptions images) {
        if (images == null) {
            return open(path);
        }
        ImageFolder source = ImageFolder.open(path, Limits.DEFAULT.rowBytes());
        return new DataFile(source, new ImageTable(source, images, Limits.DEFAULT), Limits.DEFAULT);
    }

    /** Whether {@code path} stands for something that is there. */
    public static boolean exists(Path path) {
        return Files.exists(path) || FileSet.isNamedBy(path);
    }

    /**
     * What {@code path} stands for, held against its digest only: nothing is said of its contents.
     *
     * @throws BadDataException if it is nothing that could be a data set
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static DataSource source(Path path) {
        return FileSet.isNamedBy(path) ? FileSet.open(path) : OpenFile.open(path);
    }

    /** The same of a folder with a folder of images for each class. */
    public static DataSource imagesSource(Path folder) {
        return ImageFolder.open(folder, Limits.DEFAULT.rowBytes());
    }

    /** The path, as it was given. */
    public Path path() {
        return source.path();
    }

    /** The size in bytes when it was opened. */
    public long size() {
        return source.size();
    }

    /** What the file offers, in its order. */
    public List<Column> columns() {
        return table.columns();
    }

    /** About how many rows there are, known fast: for a forecast, never for a verdict. */
    public long aboutRows() {
        return table.aboutRows();
    }

    /**
     * Binds {@code fields} to columns: a {@link Selection} to read, or all {@link Problems} at once. No row is read.
     */
    public SelectionResult select(List<Field> fields) {
        return new Selector(source.path(), table, limits).select(fields);
    }

    /**
     * The SHA-256 of the file's bytes, or that of several ({@link FileSet#sha256}), as 64 lower-case hexadecimal digits. Reads
     * all of it; may run beside a reader.
     */
    public String digest() {
        return source.sha256();
    }

    /**
     * Sees that the file is still the one that was opened, unmodified, so that what was read is what was hashed. To be
     * called when both are done.
     *
     * @throws FileChangedException if it is not
     */
    public void verifyUnchanged() {
        source.verifyUnchanged();
    }

    /** Closes the file, and with it every reader. */
    @Override
    public void close() {
        source.close();
    }
}
