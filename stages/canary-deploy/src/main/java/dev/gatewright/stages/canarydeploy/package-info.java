// SPDX-License-Identifier: Apache-2.0
/**
 * The stage {@code canary-deploy}: lets the candidate have a growing share of the traffic, and takes it back unless every step
 * holds its gates.
 *
 * <p>Start reading at {@link dev.gatewright.stages.canarydeploy.CanaryDeployStage}. {@code Canary} is the order of effects on a
 * {@link dev.gatewright.stages.canarydeploy.port.Target}, each written down in the {@code Journal} before the next; {@code Trial} watches
 * and judges. What a target is behind that port its own module knows.
 */
@NullMarked
package dev.gatewright.stages.canarydeploy;

import org.jspecify.annotations.NullMarked;
