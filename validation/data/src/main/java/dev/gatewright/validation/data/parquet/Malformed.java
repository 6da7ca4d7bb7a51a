// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** Bytes that are not what the format says; who knows their place makes a sentence of it. */
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    /** What was found, as a message says it: {@code a page that ends too early}. */
    Malformed(String found) {
        this(found, "a whole file; copy or write the file again");
    }

    /** The same, with what should stand there. */
    Malformed(String found, String expected) {
        super(found);
        this.expected = expected;
    }

    /** What was found. */
    String found() {
        return String.valueOf(getMessage());
    }

    /** What was expected. */
    String expected() {
        return expected;
    }
}
