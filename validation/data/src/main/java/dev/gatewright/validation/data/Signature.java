// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import java.nio.charset.StandardCharsets;

/** The first bytes by which a binary file is known. */
enum Signature {
    ZIP("PK\3\4", "a zip archive"),
    EMPTY_ZIP("PK\5\6", "an empty zip archive"),
    NPY("\u0093NUMPY", "an NPY file"),
    PARQUET("PAR1", "a Parquet file"),
    ENCRYPTED_PARQUET("PARE", "an encrypted Parquet file"),
    GZIP("\u001f\u008b", "a gzip file"),
    ZSTD("(\u00b5/\u00fd", "a zstd file"),
    /** Any other begin, which text has. */
    NONE("", "text");

    /** The length of the longest signature. */
    static final int LONGEST = 6;

    private final String begin;
    private final String description;

    Signature(String begin, String description) {
        this.begin = begin;
        this.description = description;
    }

    /** As a message calls such a file. */
    String description() {
        return description;
    }

    /** The signature that {@code bytes} begin with. */
    static Signature of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (Signature signature : values()) {
            if (text.startsWith(signature.begin)) {
                return signature;
            }
        }
        throw new IllegalStateException("everything starts with nothing");
    }
}
