// SPDX-License-Identifier: Apache-2.0
/**
 * The words of a labelled data set: what to take from a row ({@link dev.gatewright.validation.data.rows.Field}), where
 * it is put ({@link dev.gatewright.validation.data.rows.RowBlock}), and how a bad value is told ({@link
 * dev.gatewright.validation.data.rows.BadDataException}). Nothing here knows a file format.
 */
@NullMarked
package dev.gatewright.validation.data.rows;

import org.jspecify.annotations.NullMarked;
