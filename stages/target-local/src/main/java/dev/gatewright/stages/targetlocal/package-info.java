// SPDX-License-Identifier: Apache-2.0
/**
 * The target {@code local}: a model served on this machine in two versions behind one port.
 *
 * <p>Start reading at {@link dev.gatewright.stages.targetlocal.Supervisor}, the process that keeps both servers, routes, and holds
 * the deadline. {@code LocalTarget} is the stage's side of it: it starts the supervisor where there is none, and tells it what to
 * do over a loopback port.
 */
@NullMarked
package dev.gatewright.stages.targetlocal;

import org.jspecify.annotations.NullMarked;
