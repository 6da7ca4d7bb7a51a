// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of a part of the spec: it reads that part, and it publishes the JSON Schema of what it reads.
 *
 * @param <T> what is read
 */
public interface Shape<T> {
    /** The value of {@code node}; null where it is wrong, and then {@code problems} say why. */
    @Nullable
    T read(SpecNode node, Problems problems);

    /** Whether a key may stand without a value: nothing at all is then one of those that are read. */
    default boolean takesNothing() {
        return false;
    }

    /** The JSON Schema (2020-12) of what is accepted. */
    Json schema();
}
