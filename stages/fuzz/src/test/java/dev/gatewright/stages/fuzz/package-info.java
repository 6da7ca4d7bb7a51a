// SPDX-License-Identifier: Apache-2.0
/**
 * A harness a reader. The property is the same everywhere: whatever the bytes, they are read, or refused by the one exception
 * that the reader documents, with a sentence; never anything else, never for long, never with much memory.
 */
@NullMarked
package dev.gatewright.stages.fuzz;

import org.jspecify.annotations.NullMarked;
