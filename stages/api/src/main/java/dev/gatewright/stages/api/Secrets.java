// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import java.util.Optional;

/** Gives the secrets that a spec names. They go to the service that asks for them, and stand in no report and no message. */
@FunctionalInterface
public interface Secrets {
    /** No secrets at all. */
    Secrets NONE = name -> Optional.empty();

    /** The secret {@code name}; empty where there is none. */
    Optional<String> secret(String name);
}
