// SPDX-License-Identifier: Apache-2.0
/**
 * The borders of the whole program, each rule with its reason.
 *
 * <p>{@link dev.gatewright.stages.conformance.architecture.Whole} is what the rules look at. This module alone has every other
 * on its class path.
 */
package dev.gatewright.stages.conformance.architecture;
