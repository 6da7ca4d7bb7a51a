// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

/** How the values of several classes become one. */
public enum Average {
    /** The positive class alone. */
    BINARY("binary"),
    /** All classes are counted together; with one label a row this equals accuracy. */
    MICRO("micro"),
    /** Each class counts alike. */
    MACRO("macro"),
    /** Each class counts by its number of labelled rows. */
    WEIGHTED("weighted"),
    /** Each row counts alike, with the value of its own classes; for rows of any number of classes. */
    SAMPLES("samples");

    private final String spelling;

    Average(String spelling) {
        this.spelling = spelling;
    }

    /** As a spec writes it. */
    public String spelling() {
        return spelling;
    }
}
