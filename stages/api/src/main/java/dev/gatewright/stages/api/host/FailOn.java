// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

import dev.gatewright.validation.metrics.gate.Verdict;

/** The mildest verdict that fails a build; a milder one makes it unstable, and none but {@code PASSED} is a success. */
public enum FailOn {
    /** All that does not pass. */
    INCONCLUSIVE,
    /** What was judged and lost, and what could not be judged: the default. */
    FAILED,
    /** Only what could not be judged, which nothing softens. */
    NOT_EVALUATED;

    Ending ending(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> Ending.SUCCESS;
            case INCONCLUSIVE -> this == INCONCLUSIVE ? Ending.FAILURE : Ending.UNSTABLE;
            case FAILED -> this == NOT_EVALUATED ? Ending.UNSTABLE : Ending.FAILURE;
            case NOT_EVALUATED -> Ending.FAILURE;
        };
    }
}
