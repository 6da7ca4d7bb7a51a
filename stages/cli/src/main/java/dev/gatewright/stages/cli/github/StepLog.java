// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import dev.gatewright.stages.cli.Surroundings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step's log, in which text stays text, and annotations are told apart from it. */
final class StepLog {
    /** As many errors, and as many warnings, does GitHub show of one step. */
    private static final int MOST = 10;

    private final PrintStream raw;
    private final DisarmedStream disarmed;
    private final Surroundings surroundings;

    StepLog(Surroundings outer) {
        this.raw = outer.out();
        this.disarmed = new DisarmedStream(raw);
        this.surroundings = new Surroundings(
                printing(disarmed), printing(new DisarmedStream(outer.err())), outer.environment(), outer.home());
    }

    private static PrintStream printing(DisarmedStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** What the program prints to. */
    Surroundings surroundings() {
        return surroundings;
    }

    /** Tells as many annotations as are shown, and how many are left out. */
    void tell(List<Annotation> annotations) {
        for (Annotation.Level level : Annotation.Level.values()) {
            shown(level, annotations).forEach(this::tell);
        }
    }

    private static List<Annotation> shown(Annotation.Level level, List<Annotation> annotations) {
        List<Annotation> all =
                annotations.stream().filter(each -> each.level() == level).toList();
        if (all.size() <= MOST) {
            return all;
        }
        List<Annotation> shown = new ArrayList<>(all.subList(0, MOST - 1));
        int left = all.size() - shown.size();
        shown.add(new Annotation(level, "Gatewright", Optional.empty(), left + " more are in the log and the summary"));
        return shown;
    }

    private void tell(Annotation annotation) {
        surroundings.out().flush();
        if (!disarmed.isAtLineStart()) {
            surroundings.out().println();
        }
        raw.println(annotation);
    }
}
