// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

/** What becomes of a build. */
public enum Ending {
    /** It goes on. */
    SUCCESS,
    /** It goes on, and is marked; no later stage of the run starts. */
    UNSTABLE,
    /** It ends. */
    FAILURE
}
