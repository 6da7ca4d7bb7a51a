// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which column holds the truth. */
final class LabelGuess {
    private static final Set<String> USUAL_NAMES =
            Set.of("label", "labels", "target", "class", "y", "truth", "y_true", "actual");

    private final Columns columns;

    LabelGuess(Columns columns) {
        this.columns = columns;
    }

    /** The only column with a name that such columns usually have. */
    Optional<String> byName() {
        return only(columns.names().stream()
                .filter(name -> USUAL_NAMES.contains(name.toLowerCase(Locale.ROOT)))
                .toList());
    }

    /** The only column that feeds no input; of several, the only one that holds nothing but {@code classes}. */
    Optional<String> byRest(Collection<String> used, List<String> classes) {
        Set<String> taken = new HashSet<>(used);
        List<String> rest =
                columns.names().stream().filter(name -> !taken.contains(name)).toList();
        if (rest.size() > 1 && !classes.isEmpty()) {
            Set<String> known = new HashSet<>(classes);
            rest = rest.stream()
                    .filter(name ->
                            columns.values(name).filter(known::containsAll).isPresent())
                    .toList();
        }
        return only(rest);
    }

    private static Optional<String> only(List<String> names) {
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }
}
