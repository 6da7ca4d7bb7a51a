// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.Optional;

/** What the program's exit says. Hosts take every other code as not evaluated. */
public enum ExitCode {
    /** Everything asked for passed. */
    PASSED(0),
    /** A report with FAILED was written, and only then. */
    FAILED(1),
    /** The request is wrong: the spec, or the command line. */
    WRONG_REQUEST(2),
    /** Could not judge: inconclusive, not evaluated, not started, or any error. */
    NOT_JUDGED(3),
    /** Waiting for an approval. */
    WAITING(4),
    /** It was interrupted. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** The exit of a verdict; none is a stage that was not started. */
    public static ExitCode of(Optional<Verdict> verdict) {
        if (verdict.isEmpty()) {
            return NOT_JUDGED;
        }
        return switch (verdict.get()) {
            case PASSED -> PASSED;
            case FAILED -> FAILED;
            case INCONCLUSIVE, NOT_EVALUATED -> NOT_JUDGED;
        };
    }
}
