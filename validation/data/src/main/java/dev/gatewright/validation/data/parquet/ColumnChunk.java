// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/**
 * The values of one leaf in one group of rows, a run of pages.
 *
 * @param physical how its values are stored
 * @param codec the number of the compression of its pages
 * @param entries the number of its values, those that are missing included
 * @param start where its first page begins
 * @param bytes how many bytes its pages take
 * @param elsewhere whether it is in another file, or encrypted
 */
record ColumnChunk(int physical, int codec, long entries, long start, long bytes, boolean elsewhere) {}
