// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;

/**
 * What a gate, a stage or a run came to, as it is shown: always a word, with a mark beside it, and a colour only on top. The
 * order is that of urgency.
 */
enum Outcome {
    /** Judged, and lost. */
    FAILED("✗", "❌", 31),
    /** Could not be judged. */
    NOT_EVALUATED("–", "🚫", 35),
    /** Judged, but the evidence cannot decide. */
    INCONCLUSIVE("?", "❔", 33),
    /** Waits for a person. */
    WAITING("…", "✋", 36),
    /** Has begun. */
    RUNNING("…", "⏳", 36),
    /** Has not begun. */
    NOT_STARTED("·", "⏸️", 90),
    /** Does not pass, and its author wants only to be told. */
    WARNING("!", "⚠️", 33),
    /** Every rule holds. */
    PASSED("✓", "✅", 32);

    private final String mark;
    private final String emoji;
    private final int ansi;

    Outcome(String mark, String emoji, int ansi) {
        this.mark = mark;
        this.emoji = emoji;
        this.ansi = ansi;
    }

    /** The outcome of that verdict. */
    static Outcome of(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> PASSED;
            case FAILED -> FAILED;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case NOT_EVALUATED -> NOT_EVALUATED;
        };
    }

    /** What is shown where there is no verdict. */
    static Outcome of(Status status) {
        return switch (status) {
            case NOT_STARTED -> NOT_STARTED;
            case RUNNING -> RUNNING;
            case WAITING -> WAITING;
            case DONE -> NOT_EVALUATED;
        };
    }

    /** One character for a terminal. */
    String mark() {
        return mark;
    }

    /** One picture for Markdown. */
    String emoji() {
        return emoji;
    }

    /** The colour's number in a terminal. */
    int ansi() {
        return ansi;
    }

    /** In the words of the documents, such as {@code NOT_EVALUATED}; a warning is no verdict and is written small. */
    String word() {
        return this == WARNING ? "warning" : name();
    }

    /** The name of its style. */
    String style() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
