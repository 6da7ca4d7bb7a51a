// SPDX-License-Identifier: Apache-2.0
/**
 * What a file format implements, {@link dev.gatewright.validation.data.format.Table}, and what it builds on: the open
 * file, the conversion of numbers, the dictionary of recurring texts.
 */
@NullMarked
package dev.gatewright.validation.data.format;

import org.jspecify.annotations.NullMarked;
