// SPDX-License-Identifier: Apache-2.0
/**
 * Parquet files, read page by page without another library but for zstd. {@code FooterReader} says what the file holds,
 * {@code Pages} gives the pages of one column, a {@code Values} decodes those of one page, {@code ColumnRows} hands them to
 * the {@code Taker}s that put them into a block. Whatever the file claims is held against the bytes that there are before
 * memory is taken for it.
 */
@NullMarked
package dev.gatewright.validation.data.parquet;

import org.jspecify.annotations.NullMarked;
