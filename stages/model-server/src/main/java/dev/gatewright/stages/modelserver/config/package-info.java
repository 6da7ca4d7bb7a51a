// SPDX-License-Identifier: Apache-2.0
/**
 * What a server serves and how: one document, read as a whole before anything starts.
 */
@NullMarked
package dev.gatewright.stages.modelserver.config;

import org.jspecify.annotations.NullMarked;
