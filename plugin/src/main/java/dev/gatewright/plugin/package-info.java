// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin for Jenkins: steps that start the program on an agent and take its verdict, the program as a tool of Jenkins, and a page
 * on the run. It decides nothing: what a verdict is, and which one is believed, is read in {@code stages/api}.
 */
@NullMarked
package dev.gatewright.plugin;

import org.jspecify.annotations.NullMarked;
