// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the shared library as Jenkins does: in plain Groovy by JenkinsPipelineUnit, and after the CPS transformation, with restarts.
 * Start reading at {@link dev.gatewright.pipelinelibrary.GatewrightRunTest}.
 */
@NullMarked
package dev.gatewright.pipelinelibrary;

import org.jspecify.annotations.NullMarked;
