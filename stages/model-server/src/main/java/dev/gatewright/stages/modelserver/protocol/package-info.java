// SPDX-License-Identifier: Apache-2.0
/**
 * The two protocols: what a request asks for, and what an answer looks like. Knows nothing of HTTP.
 */
@NullMarked
package dev.gatewright.stages.modelserver.protocol;

import org.jspecify.annotations.NullMarked;
