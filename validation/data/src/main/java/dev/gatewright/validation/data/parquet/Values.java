// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

/** The values of one page, decoded in their order. Those that are missing are not among them. */
interface Values {
    /** Puts the next {@code count} values into {@code batch} from its begin on: numbers, or slices of bytes. */
    void take(Batch batch, int count);
}
