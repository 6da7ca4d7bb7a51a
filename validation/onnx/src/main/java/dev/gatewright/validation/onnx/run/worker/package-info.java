// SPDX-License-Identifier: Apache-2.0
/**
 * The worker: the only code that calls ONNX Runtime. It runs in a process of its own, started by {@link
 * dev.gatewright.validation.onnx.run.ModelRunner}, and believes what that says. It starts for every verdict, so it keeps away
 * from what makes a JVM start slowly: lambdas, string templates, logging, collections beyond need.
 */
@NullMarked
package dev.gatewright.validation.onnx.run.worker;

import org.jspecify.annotations.NullMarked;
