// SPDX-License-Identifier: Apache-2.0
/**
 * A green tick means that it was judged: each way in which evidence can be broken, and what the program says of it.
 *
 * <p>Start reading at {@link dev.gatewright.stages.conformance.Case}. A {@link dev.gatewright.stages.conformance.Sound} is a
 * run that passes; a case breaks one thing of it. {@code *Cases} hold the table, {@code ConformanceTest} runs it, and {@code
 * ConformancePageTest} holds it against {@code docs/conformance.md}.
 */
package dev.gatewright.stages.conformance;
