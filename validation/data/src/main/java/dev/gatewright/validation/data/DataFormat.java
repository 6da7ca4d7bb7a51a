// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.csv.CsvTable;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.npz.NpzTable;
import dev.gatewright.validation.data.parquet.ParquetTable;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import java.nio.ByteBuffer;
import java.util.Locale;

/** The formats of data files: the extension names one, and the first bytes must not belie it. */
enum DataFormat {
    CSV(".csv", Signature.NONE) {
        @Override
        Table read(OpenFile file, Limits limits) {
            return new CsvTable(file, limits);
        }
    },
    NPZ(".npz", Signature.ZIP) {
        @Override
        Table read(OpenFile file, Limits limits) {
            return new NpzTable(file, limits);
        }
    },
    PARQUET(".parquet", Signature.PARQUET) {
        @Override
        Table read(OpenFile file, Limits limits) {
            return new ParquetTable(file, limits);
        }
    };

    private final String extension;
    private final Signature signature;

    DataFormat(String extension, Signature signature) {
        this.extension = extension;
        this.signature = signature;
    }

    /** Reads what {@code file} says of its columns. */
    abstract Table read(OpenFile file, Limits limits);

    /** The format of {@code file}. */
    static DataFormat of(OpenFile file) {
        Place place = Place.of(file.path());
        String name = String.valueOf(file.path().getFileName());
        String lowerCase = name.toLowerCase(Locale.ROOT);
        for (DataFormat format : values()) {
            if (lowerCase.endsWith(format.extension)) {
                Signature found = Signature.of(firstBytes(file));
                if (found != format.signature) {
                    throw new BadDataException(
                            place, found.description(), format.signature.description() + ", as its name says");
                }
                return format;
            }
        }
        throw new BadDataException(place, "the name " + Quote.of(name), "one that ends with .csv, .npz or .parquet");
    }

    private static byte[] firstBytes(OpenFile file) {
        byte[] bytes = new byte[(int) Math.min(Signature.LONGEST, file.size())];
        file.read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
