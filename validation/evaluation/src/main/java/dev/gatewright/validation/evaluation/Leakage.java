// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * What the training has seen of the rows that are judged.
 *
 * @param training the file or folder of the training data
 * @param bytes its size
 * @param sha256 its digest
 * @param trainingRows its rows
 * @param rows the rows that are judged
 * @param seen those of them whose inputs occur in the training data
 * @param first the numbers of the first of them, from 1
 */
public record Leakage(
        Path training, long bytes, String sha256, long trainingRows, long rows, long seen, List<Long> first) {
    /** Keeps its own copy. */
    public Leakage {
        first = List.copyOf(first);
    }

    /** The share of the rows that the training has seen. */
    public double share() {
        return (double) seen / rows;
    }
}
