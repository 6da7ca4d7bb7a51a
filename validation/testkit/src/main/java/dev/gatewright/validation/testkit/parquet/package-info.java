// SPDX-License-Identifier: Apache-2.0
/** Parquet files for tests, also such as no writer writes. */
@NullMarked
package dev.gatewright.validation.testkit.parquet;

import org.jspecify.annotations.NullMarked;
