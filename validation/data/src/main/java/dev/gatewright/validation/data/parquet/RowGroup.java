// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import java.util.List;

/** A group of rows that follow each other: how many there are, and the chunk of each leaf. */
record RowGroup(long rows, List<ColumnChunk> chunks) {
    RowGroup {
        chunks = List.copyOf(chunks);
    }
}
