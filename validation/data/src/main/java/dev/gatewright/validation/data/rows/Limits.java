// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

/**
 * How large a hostile or mistaken file may make us: everything that is kept in memory is bounded by one of these.
 *
 * @param cellBytes the longest text of one cell
 * @param rowBytes the longest row
 * @param columns the most columns of a table, or arrays of an archive
 * @param categories the most different texts of a {@link Field.Category}
 * @param categoryBytes the longest text of a {@link Field.Category}
 */
public record Limits(int cellBytes, int rowBytes, int columns, int categories, int categoryBytes) {
    /** A cell of 1 MiB, a row of 64 MiB, 200,000 columns, 10,000 categories of 1 KiB. */
    public static final Limits DEFAULT = new Limits(1 << 20, 1 << 26, 200_000, 10_000, 1 << 10);

    public Limits {
        if (cellBytes < 1 || rowBytes < 1 || columns < 1 || categories < 1 || categoryBytes < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
        if (rowBytes > 1 << 28) {
            throw new IllegalArgumentException("a row of more than 256 MiB is never read, rowBytes is " + rowBytes);
        }
    }
}
