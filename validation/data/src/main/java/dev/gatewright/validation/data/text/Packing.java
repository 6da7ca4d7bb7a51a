// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

import dev.gatewright.validation.data.format.OpenFile;

/** How a text is compressed as a whole, which the end of its file's name says. */
public enum Packing {
    /** It is not. */
    NONE("") {
        @Override
        TextBytes open(OpenFile file) {
            return new PlainBytes(file);
        }
    },
    /** RFC 1952, of any number of members. */
    GZIP(".gz") {
        @Override
        TextBytes open(OpenFile file) {
            return new GzipBytes(file);
        }
    },
    /** RFC 8878, of any number of frames. */
    ZSTD(".zst") {
        @Override
        TextBytes open(OpenFile file) {
            return new ZstdBytes(file);
        }
    };

    private final String extension;

    Packing(String extension) {
        this.extension = extension;
    }

    /** What it adds to a file's name. */
    public String extension() {
        return extension;
    }

    /** The one that {@code name}, in lower case, ends with. */
    public static Packing of(String name) {
        return name.endsWith(GZIP.extension) ? GZIP : name.endsWith(ZSTD.extension) ? ZSTD : NONE;
    }

    abstract TextBytes open(OpenFile file);
}
