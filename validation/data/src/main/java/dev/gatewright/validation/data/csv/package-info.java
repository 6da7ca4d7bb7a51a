// SPDX-License-Identifier: Apache-2.0
/**
 * Comma-separated values as RFC 4180 has them, in UTF-8: {@link dev.gatewright.validation.data.csv.CsvTable} reads the
 * header, {@code CsvCutter} cuts each row into cells.
 */
@NullMarked
package dev.gatewright.validation.data.csv;

import org.jspecify.annotations.NullMarked;
