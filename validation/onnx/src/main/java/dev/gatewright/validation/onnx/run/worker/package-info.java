// SPDX-License-Identifier: Apache-2.0
/**
 * The only code that calls ONNX Runtime. It is the worker, which runs in a process of its own, started by {@link
 * dev.gatewright.validation.onnx.run.ModelRunner}, and believes what that says; and a {@link
 * dev.gatewright.validation.onnx.run.worker.ServedModel} for a program that is itself such a process. It starts for every verdict, so it keeps away
 * from what makes a JVM start slowly: lambdas, string templates, logging, collections beyond need.
 */
@NullMarked
package dev.gatewright.validation.onnx.run.worker;

import org.jspecify.annotations.NullMarked;
