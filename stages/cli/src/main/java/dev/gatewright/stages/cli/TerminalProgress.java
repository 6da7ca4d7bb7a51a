// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.stages.api.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run goes: on a terminal one line that is rewritten, with the time left where it is known; elsewhere plain
 * lines, seldom enough for a build's log.
 */
public final class TerminalProgress implements Progress {
    private static final Duration BETWEEN_REWRITES = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Surroundings surroundings;
    private final Clock clock;
    private final boolean rewrites;
    private @Nullable String step;
    private Instant stepStarted;
    private Instant shown = Instant.EPOCH;
    private boolean lineIsOpen;

    /** Progress on the error output of {@code surroundings}. */
    public TerminalProgress(Surroundings surroundings, Clock clock) {
        this.surroundings = surroundings;
        this.clock = clock;
        this.rewrites = surroundings.hasColour();
        this.stepStarted = clock.instant();
    }

    @Override
    public synchronized void step(String what) {
        if (what.equals(step)) {
            return;
        }
        step = what;
        stepStarted = clock.instant();
        show(what, true);
    }

    @Override
    public synchronized void advanced(long done, long total) {
        if (step == null) {
            return;
        }
        Duration took = Duration.between(stepStarted, clock.instant());
        StringBuilder text = new StringBuilder(step).append(": ").append(done);
        if (total > 0) {
            text.append(" of ").append(total);
            if (done > 0 && done < total && took.toSeconds() > 0) {
                long left = took.toMillis() * (total - done) / done / 1000;
                text.append(", ").append(duration(left)).append(" left");
            }
        }
        show(text.toString(), false);
    }

    @Override
    public synchronized void output(String line) {
        clear();
        surroundings.err().println("  │ " + printable(line));
    }

    /** Leaves no half line behind. */
    public synchronized void end() {
        clear();
    }

    private void show(String text, boolean always) {
        Instant now = clock.instant();
        Duration pause = rewrites ? BETWEEN_REWRITES : BETWEEN_LINES;
        if (!always && Duration.between(shown, now).compareTo(pause) < 0) {
            return;
        }
        shown = now;
        if (rewrites) {
            surroundings.err().print(CLEAR_LINE + printable(text));
            surroundings.err().flush();
            lineIsOpen = true;
        } else {
            surroundings.err().println(printable(text));
        }
    }

    private void clear() {
        if (lineIsOpen) {
            surroundings.err().print(CLEAR_LINE);
            surroundings.err().flush();
            lineIsOpen = false;
        }
    }

    /** What a command prints may hold control sequences that would take over the terminal. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) && c != '\t' ? 0xFFFD : c));
        return safe.toString();
    }

    private static String duration(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
