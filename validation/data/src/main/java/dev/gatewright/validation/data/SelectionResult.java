// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

/** What comes of selecting fields from a data file: a {@link Selection} to read, or the {@link Problems} in the way. */
public sealed interface SelectionResult permits Selection, Problems {}
