// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the user for what cannot be told, as a problem that names the option to give. */
final class Asking {
    private static final int MOST_SHOWN = 12;

    private Asking() {}

    static InvalidRequestException about(Path file, String message, @Nullable String write) {
        return new InvalidRequestException(List.of(new Problem(new Place(file.toString(), 1, 1), message, write)));
    }

    /** The first of many names. */
    static String shown(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(MOST_SHOWN, names.size())));
        return names.size() > MOST_SHOWN ? first + " and " + (names.size() - MOST_SHOWN) + " more" : first;
    }
}
