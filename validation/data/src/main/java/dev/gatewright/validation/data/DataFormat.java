// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.csv.CsvTable;
import dev.gatewright.validation.data.csv.Separator;
import dev.gatewright.validation.data.format.FileSet;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.jsonl.JsonTable;
import dev.gatewright.validation.data.npz.ArrayTable;
import dev.gatewright.validation.data.parquet.ParquetTable;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.text.Packing;
import dev.gatewright.validation.data.text.TextFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The formats of data files: the extension names one, and the first bytes must not belie it. Text may be compressed as a
 * whole, which a second extension says.
 */
enum DataFormat {
    CSV(Signature.NONE, ".csv") {
        @Override
        Table read(OpenFile file, Packing packing, Limits limits) {
            return new CsvTable(new TextFile(file, packing), Separator.COMMA, limits);
        }
    },
    TSV(Signature.NONE, ".tsv", ".tab") {
        @Override
        Table read(OpenFile file, Packing packing, Limits limits) {
            return new CsvTable(new TextFile(file, packing), Separator.TAB, limits);
        }
    },
    JSON_LINES(Signature.NONE, ".jsonl", ".ndjson") {
        @Override
        Table read(OpenFile file, Packing packing, Limits limits) {
            return new JsonTable(new TextFile(file, packing), limits);
        }
    },
    NPZ(Signature.ZIP, ".npz") {
        @Override
        Table read(OpenFile file, Packing packing, Limits limits) {
            return ArrayTable.ofArchive(file, limits);
        }
    },
    NPY(Signature.NPY, ".npy") {
        @Override
        Table read(OpenFile file, Packing packing, Limits limits) {
            return ArrayTable.ofFile(file, limits);
        }
    },
    PARQUET(Signature.PARQUET, ".parquet") {
        @Override
        Table read(OpenFile file, Packing packing, Limits limits) {
            return new ParquetTable(file, limits);
        }
    };

    private static final String KNOWN =
            "one that ends with .csv, .tsv, .tab, .jsonl or .ndjson, also with .gz or .zst behind it, or with .npz,"
                    + " .npy or .parquet";

    private final Signature signature;
    private final String extension;
    private final String otherExtension;

    DataFormat(Signature signature, String extension) {
        this(signature, extension, extension);
    }

    DataFormat(Signature signature, String extension, String otherExtension) {
        this.signature = signature;
        this.extension = extension;
        this.otherExtension = otherExtension;
    }

    /** Reads what {@code file}, of this format, says of its columns. */
    abstract Table read(OpenFile file, Packing packing, Limits limits);

    /** The format that the name of {@code path} says. */
    static DataFormat of(Path path) {
        String name = name(path);
        String lowerCase = name.toLowerCase(Locale.ROOT);
        Packing packing = Packing.of(lowerCase);
        String unpacked =
                lowerCase.substring(0, lowerCase.length() - packing.extension().length());
        for (DataFormat format : values()) {
            if (unpacked.endsWith(format.extension) || unpacked.endsWith(format.otherExtension)) {
                if (packing != Packing.NONE && format.signature != Signature.NONE) {
                    throw new BadDataException(
                            Place.of(path),
                            "the name " + Quote.of(name),
                            KNOWN,
                            "unpack it: such a file is compressed inside, where it is at all");
                }
                return format;
            }
        }
        throw new BadDataException(Place.of(path), "the name " + Quote.of(name), KNOWN);
    }

    /**
     * Reads what {@code files}, of the one format that their names say, say of their columns: those of NPY are columns each,
     * the others have rows that follow one another.
     */
    static Table read(FileSet files, Limits limits) {
        DataFormat format = of(files.file(0));
        for (int i = 1; i < files.count(); i++) {
            if (of(files.file(i)) != format) {
                throw new BadDataException(
                        Place.of(files.path()),
                        Quote.of(name(files.file(0))) + " and " + Quote.of(name(files.file(i))),
                        "files of one format",
                        "name those that are meant by a glob");
            }
        }
        return format == NPY ? ArrayTable.ofFiles(files, limits) : new PartsTable(files, limits);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Reads what {@code file}, of the format that its name says, says of its columns. */
    static Table read(OpenFile file, Limits limits) {
        DataFormat format = of(file.path());
        Packing packing = Packing.of(name(file.path()).toLowerCase(Locale.ROOT));
        format.checkSignature(file, packing, Place.of(file.path()));
        return format.read(file, packing, limits);
    }

    private void checkSignature(OpenFile file, Packing packing, Place place) {
        Signature expected = switch (packing) {
            case NONE -> signature;
            case GZIP -> Signature.GZIP;
            case ZSTD -> Signature.ZSTD;
        };
        Signature found = Signature.of(firstBytes(file));
        if (found != expected) {
            throw new BadDataException(place, found.description(), expected.description() + ", as its name says");
        }
    }

    private static byte[] firstBytes(OpenFile file) {
        byte[] bytes = new byte[(int) Math.min(Signature.LONGEST, file.size())];
        file.read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
