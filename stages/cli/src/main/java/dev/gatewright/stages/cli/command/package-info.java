// SPDX-License-Identifier: Apache-2.0
/** The commands of the program, one class each. */
@NullMarked
package dev.gatewright.stages.cli.command;

import org.jspecify.annotations.NullMarked;
