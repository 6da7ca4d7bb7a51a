// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the documents of a run into what a person or a host reads. A renderer reads only {@link
 * dev.gatewright.stages.cli.render.RunView}, which is {@code run.json} and the reports, and nothing else.
 */
@NullMarked
package dev.gatewright.stages.cli.render;

import org.jspecify.annotations.NullMarked;
