// SPDX-License-Identifier: Apache-2.0
/**
 * Runs requests: a bounded queue, threads that each run one batch at a time, and batches as the model was judged with.
 */
@NullMarked
package dev.gatewright.stages.modelserver.run;

import org.jspecify.annotations.NullMarked;
