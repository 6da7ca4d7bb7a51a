// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics;

/** The unit of a metric's values. */
public enum Unit {
    /** A share of something, from 0 to 1. */
    FRACTION(""),
    /** A plain number. */
    NUMBER(""),
    /** Information in nats. */
    NATS("nats"),
    /** The target's own unit, which nobody has told. */
    TARGET(""),
    /** The square of the target's own unit. */
    TARGET_SQUARED("target²"),
    /** Milliseconds. */
    MILLISECONDS("ms"),
    /** Rows a second. */
    ROWS_A_SECOND("rows/s"),
    /** Millions of bytes. */
    MEGABYTES("MB"),
    /** Bytes. */
    BYTES("bytes");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /** What follows the number in a sentence: empty for plain numbers. */
    public String symbol() {
        return symbol;
    }
}
