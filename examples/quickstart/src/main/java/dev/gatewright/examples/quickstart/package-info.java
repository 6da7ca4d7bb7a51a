// SPDX-License-Identifier: Apache-2.0
/**
 * Trains a classifier of handwritten digits on the JVM and exports it to ONNX. Start reading at {@link
 * dev.gatewright.examples.quickstart.Train}.
 */
@NullMarked
package dev.gatewright.examples.quickstart;

import org.jspecify.annotations.NullMarked;
