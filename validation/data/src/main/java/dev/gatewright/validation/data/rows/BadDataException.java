// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A data file that does not hold what it must, told in one sentence: {@code data/holdout.csv, row 17 (line 18), column
 * 'pixel_3': found 'abc', expected a number}. What cannot be read at all, for want of a permission or a disk, is a {@link
 * java.io.UncheckedIOException} instead.
 */
public final class BadDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String found;
    private final String expected;
    private final String nextStep;

    /** At {@code place}, {@code found} stands (as {@link Quote} shows it, or described), where {@code expected} was. */
    public BadDataException(Place place, String found, String expected) {
        this(place, found, expected, "");
    }

    /** The same, with what to do about it. */
    public BadDataException(Place place, String found, String expected, String nextStep) {
        super(place.sentence() + ": found " + found + ", expected " + expected
                + (nextStep.isEmpty() ? "" : "; " + nextStep));
        this.place = place;
        this.found = found;
        this.expected = expected;
        this.nextStep = nextStep;
    }

    /** The file, as it was named when it was opened. */
    public Path file() {
        return place.file();
    }

    /** The row, from 1, headers not counted. */
    public OptionalLong row() {
        return place.row() > 0 ? OptionalLong.of(place.row()) : OptionalLong.empty();
    }

    /** The line of a text file on which the row begins, from 1. */
    public OptionalLong line() {
        return place.line() > 0 ? OptionalLong.of(place.line()) : OptionalLong.empty();
    }

    /** The column or array. */
    public Optional<String> column() {
        return place.column().isEmpty() ? Optional.empty() : Optional.of(place.column());
    }

    /** What stands there: quoted and shortened text, or a description such as {@code an empty cell}. */
    public String found() {
        return found;
    }

    /** What should stand there. */
    public String expected() {
        return expected;
    }

    /** What to do about it, where that is not plain from the rest. */
    public Optional<String> nextStep() {
        return nextStep.isEmpty() ? Optional.empty() : Optional.of(nextStep);
    }
}
