// SPDX-License-Identifier: Apache-2.0
/**
 * Side-by-side measurements: the whole program, as users start it, and a script in Python that does the same, in turns.
 *
 * <p>Start reading at {@link dev.gatewright.validation.benchmarks.Benchmarks}. {@code validation/benchmarks/run} runs it; it is no
 * part of the tests, since times say nothing on a machine that does other things as well.
 */
@NullMarked
package dev.gatewright.validation.benchmarks;

import org.jspecify.annotations.NullMarked;
