// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.oci.Reference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an image is built upon, as a spec names it. */
sealed interface BaseName {
    /** Nothing: whoever runs the image brings Java. */
    record None() implements BaseName {}

    /** An image of a registry. */
    record Remote(Reference reference) implements BaseName {}

    /**
     * An image of an OCI layout on this machine.
     *
     * @param name by which the layout's index calls it; null where it has only one
     */
    record Local(Path layout, @Nullable String name) implements BaseName {}

    /** {@code none}, {@code oci:FOLDER}, {@code oci:FOLDER:NAME}, or a registry's image; empty where it is none of those. */
    static Optional<BaseName> parse(String text) {
        if (text.equals("none")) {
            return Optional.of(new None());
        }
        if (text.startsWith("oci:")) {
            String rest = text.substring("oci:".length());
            int colon = rest.lastIndexOf(':');
            try {
                return Optional.of(new Local(
                        Path.of(colon < 0 ? rest : rest.substring(0, colon)),
                        colon < 0 ? null : rest.substring(colon + 1)));
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        return Reference.parse(text)
                .filter(reference -> reference.registry() != null)
                .map(Remote::new);
    }
}
