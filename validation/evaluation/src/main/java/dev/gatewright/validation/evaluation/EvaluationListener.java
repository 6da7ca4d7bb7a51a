// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

/** Is told how far an evaluation has come. */
@FunctionalInterface
public interface EvaluationListener {
    /** So many rows are judged; {@code total} is 0 where it is not known. */
    void judged(long rows, long total);
}
