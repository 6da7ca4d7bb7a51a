// SPDX-License-Identifier: Apache-2.0
/**
 * From text cells to the fields of a row: what every format shares whose values are written as text. A format cuts its
 * rows into a {@link dev.gatewright.validation.data.cells.CellRow}; {@link
 * dev.gatewright.validation.data.cells.CellReader} does the rest.
 */
@NullMarked
package dev.gatewright.validation.data.cells;

import org.jspecify.annotations.NullMarked;
