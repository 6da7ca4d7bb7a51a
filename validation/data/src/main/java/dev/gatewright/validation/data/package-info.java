// SPDX-License-Identifier: Apache-2.0
/**
 * Labelled data sets as a stream of blocks of rows. Start reading at {@link dev.gatewright.validation.data.DataFile}: a
 * file is opened, fields are selected from its columns ({@link dev.gatewright.validation.data.rows}), and a reader fills
 * blocks with them. A format is a package of its own that implements {@link
 * dev.gatewright.validation.data.format.Table}. Memory does not grow with the number of rows.
 */
@NullMarked
package dev.gatewright.validation.data;

import org.jspecify.annotations.NullMarked;
