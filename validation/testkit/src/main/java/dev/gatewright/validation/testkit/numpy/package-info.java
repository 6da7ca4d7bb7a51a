// SPDX-License-Identifier: Apache-2.0
/** Archives of NumPy arrays for tests, also such as NumPy never writes. */
@NullMarked
package dev.gatewright.validation.testkit.numpy;

import org.jspecify.annotations.NullMarked;
