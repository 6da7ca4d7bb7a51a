// SPDX-License-Identifier: Apache-2.0
/**
 * The program {@code gatewright}: the only place that prints. {@link dev.gatewright.stages.cli.Main} is its door, {@code
 * command} holds one class a command, {@code render} turns documents into text, Markdown, HTML and JUnit XML.
 */
@NullMarked
package dev.gatewright.stages.cli;

import org.jspecify.annotations.NullMarked;
