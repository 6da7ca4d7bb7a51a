// SPDX-License-Identifier: Apache-2.0
/**
 * The bytes of text files, decompressed where they are compressed. Start reading at {@link
 * dev.gatewright.validation.data.text.TextFile}.
 */
@NullMarked
package dev.gatewright.validation.data.text;

import org.jspecify.annotations.NullMarked;
