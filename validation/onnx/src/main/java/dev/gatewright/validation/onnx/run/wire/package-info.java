// SPDX-License-Identifier: Apache-2.0
/**
 * What the program and its worker say to each other: messages in frames, a length of four bytes, a kind of one, and values.
 * Both sides' Java code is of one version, so the format has none.
 */
@NullMarked
package dev.gatewright.validation.onnx.run.wire;

import org.jspecify.annotations.NullMarked;
