// SPDX-License-Identifier: Apache-2.0
/** TensorBoard's event files for tests, also such as TensorBoard never writes. */
@NullMarked
package dev.gatewright.validation.testkit.tensorboard;

import org.jspecify.annotations.NullMarked;
