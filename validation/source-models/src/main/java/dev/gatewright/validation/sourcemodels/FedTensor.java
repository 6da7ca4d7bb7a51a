// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import dev.gatewright.validation.data.rows.ElementType;
import java.nio.file.Path;
import java.util.List;

/**
 * An input's tensor of all rows in a file: {@code .npy}, or for texts {@code .jsonl} with an array of texts a row.
 *
 * @param name the input's
 * @param rowShape the axes of a row, as the data have them
 * @param columns those that it was made from, in order
 */
public record FedTensor(String name, Path file, ElementType type, List<Integer> rowShape, List<String> columns) {
    /** Keeps its own copies. */
    public FedTensor {
        rowShape = List.copyOf(rowShape);
        columns = List.copyOf(columns);
    }
}
