// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One array of an archive, or in a file of its own.
 *
 * @param place what messages call it
 * @param source its bytes
 * @param headerBytes the bytes of its contents before the first element
 * @param type the type of its elements; null if they cannot be read
 * @param content what it offers
 */
record NpzArray(
        Place place,
        ArrayBytes.Source source,
        long headerBytes,
        @Nullable NpyType type,
        Column.Content content) {
    private static final String EXTENSION = ".npy";

    /** Reads what the archive says of the array in {@code entry}. */
    static NpzArray read(OpenFile file, ZipEntry entry, Limits limits) {
        Place place = Place.array(file.path(), name(file, entry));
        return read(place, () -> new EntryBytes(file, entry, place), limits);
    }

    /** Reads what {@code source} says of the array of {@code place}. */
    static NpzArray read(Place place, ArrayBytes.Source source, Limits limits) {
        String name = place.column();
        try (ArrayBytes bytes = source.open()) {
            long size = bytes.left();
            NpyHeader header = NpyHeader.read(bytes, place);
            NpyType type = header.descr().isEmpty() ? null : NpyType.of(header.descr());
            Column.Content content =
                    type == null ? unreadable(header, name) : content(header, type, name, bytes.left(), place, limits);
            return new NpzArray(place, source, size - bytes.left(), type, content);
        }
    }

    /** Its name. */
    String name() {
        return place.column();
    }

    private static String name(OpenFile file, ZipEntry entry) {
        String name = entry.name();
        boolean isPath = name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0;
        if (isPath || !name.endsWith(EXTENSION) || name.length() == EXTENSION.length()) {
            throw new BadDataException(
                    Place.of(file.path()),
                    "the entry " + Quote.of(name),
                    "arrays only, each a plain name with .npy at its end");
        }
        return name.substring(0, name.length() - EXTENSION.length());
    }

    private static Column.Unreadable unreadable(NpyHeader header, String name) {
        if (header.descr().isEmpty()) {
            return new Column.Unreadable("records of several fields", "save each field as an array of its own");
        }
        if (header.descr().equals("|O")) {
            return new Column.Unreadable(
                    "Python objects, which are never unpickled",
                    "save " + name + ".astype(\"float32\") if they are numbers, " + name
                            + ".astype(\"str\") if they are text");
        }
        return new Column.Unreadable("elements of the type " + Quote.of(header.descr()), "save numbers or text");
    }

    private static Column.Content content(
            NpyHeader header, NpyType type, String name, long bytes, Place place, Limits limits) {
        if (header.shape().isEmpty()) {
            return new Column.Unreadable("a single value, which has no rows", "save one value for each row");
        }
        long rows = header.shape().get(0);
        long width = width(header, type, rows, bytes, place);
        if (width == 0) {
            return new Column.Unreadable("rows of no values", "save at least one value for each row");
        }
        if (width > limits.rowBytes() / type.bytes()) {
            return new Column.Unreadable("rows of more than " + limits.rowBytes() + " bytes", "save smaller rows");
        }
        if (type.type() == ElementType.STRING && type.bytes() > limits.cellBytes()) {
            return new Column.Unreadable("texts of more than " + limits.cellBytes() + " bytes", "save shorter ones");
        }
        if (header.fortranOrder() && axesLongerThanOne(header) > 1) {
            return new Column.Unreadable(
                    "its columns one after the other (Fortran order), not its rows",
                    "save numpy.ascontiguousarray(" + name + ")");
        }
        List<Integer> shape = new ArrayList<>();
        for (long length : header.shape().subList(1, header.shape().size())) {
            shape.add((int) length);
        }
        return new Column.Values(type.type(), shape, (int) width, rows);
    }

    /** The elements of a row, after seeing that all rows take just the bytes that there are. */
    private static long width(NpyHeader header, NpyType type, long rows, long bytes, Place place) {
        try {
            long width = 1;
            for (long length : header.shape().subList(1, header.shape().size())) {
                width = Math.multiplyExact(width, length);
            }
            if (Math.multiplyExact(Math.multiplyExact(width, rows), (long) type.bytes()) == bytes) {
                return width;
            }
        } catch (ArithmeticException e) {
            // too many for a long, so too many for the bytes too
        }
        throw new BadDataException(
                place,
                bytes + " bytes of elements",
                "as many as shape " + header.shape() + " of " + header.descr() + " takes; copy or save the file again");
    }

    private static int axesLongerThanOne(NpyHeader header) {
        int axes = 0;
        for (long length : header.shape()) {
            axes += length > 1 ? 1 : 0;
        }
        return axes;
    }
}
