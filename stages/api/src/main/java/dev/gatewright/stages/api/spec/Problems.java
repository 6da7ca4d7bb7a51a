// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects all that is wrong with a request, so that it is told at once and before any work starts. What two stages find alike is
 * told once.
 */
public final class Problems {
    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    /** Adds an error: the request is refused. */
    public void add(Place place, String message) {
        add(place, message, null);
    }

    /** Adds an error with the line that should be written. */
    public void add(Place place, String message, @Nullable String write) {
        errors.add(new Problem(place, message, write));
    }

    /** Adds a warning: the request is taken, and its author is told. */
    public void warn(Place place, String message) {
        warnings.add(new Problem(place, message, null));
    }

    /** Whether there is an error. */
    public boolean any() {
        return !errors.isEmpty();
    }

    /** The errors in the order of their places. */
    public List<Problem> errors() {
        return sorted(errors);
    }

    /** The warnings in the order of their places. */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /** Ends here if there is an error. */
    public void refuseIfAny() {
        if (any()) {
            throw new InvalidRequestException(errors());
        }
    }

    private static List<Problem> sorted(Set<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(
                                (Problem problem) -> problem.place().file())
                        .thenComparing(problem -> problem.place().line())
                        .thenComparing(problem -> problem.place().column()))
                .toList();
    }
}
