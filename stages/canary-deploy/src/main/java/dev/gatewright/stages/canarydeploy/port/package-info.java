// SPDX-License-Identifier: Apache-2.0
/** The port of canary-deploy that targets fill: a kind of target reads its section, and opens what the stage then tells what to do. */
@NullMarked
package dev.gatewright.stages.canarydeploy.port;

import org.jspecify.annotations.NullMarked;
