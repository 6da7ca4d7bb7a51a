// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.List;

/** A data file of some format, of which the names and types are known and the rows are not yet read. */
public interface Table {
    /** What the format calls a column, for messages: {@code column} or {@code array}. */
    String noun();

    /** The columns, in the file's order; names that are not empty differ. */
    List<Column> columns();

    /** About how many rows there are, without reading them all: for a forecast, never for a verdict. */
    long aboutRows();

    /** A reader from the first row on, for bindings that were checked against {@link #columns()}. */
    RowReader open(List<Binding> bindings);
}
