// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

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

    /** The exit of that number; empty for one that the program never ends with. */
    public static Optional<ExitCode> of(int code) {
        for (ExitCode exit : values()) {
            if (exit.code == code) {
                return Optional.of(exit);
            }
        }
        return Optional.empty();
    }

    /** Why a program that ended so judged nothing, in a sentence. */
    static String told(int code) {
        String what = switch (code) {
            case 2 -> "the request is wrong, and nothing was started: its output says what to mend";
            case 126 -> "the program cannot be executed: is it an executable file?";
            case 127 -> "the program was not found: install it, or name it";
            case 130 -> "it was interrupted";
            case 137 -> "it was killed, as it is where memory runs out";
            case 143 -> "it was told to end";
            default -> "it never ends so by itself";
        };
        return "exit code " + code + ": " + what;
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
