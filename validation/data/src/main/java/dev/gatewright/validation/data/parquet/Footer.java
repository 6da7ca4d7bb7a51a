// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import java.util.List;

/** What a file says that it holds: the top nodes of its columns, and its groups of rows. */
record Footer(List<SchemaNode> columns, List<RowGroup> groups) {
    Footer {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
    }

    /** The number of rows. */
    long rows() {
        long rows = 0;
        for (RowGroup group : groups) {
            rows = Math.addExact(rows, group.rows());
        }
        return rows;
    }
}
