// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import hudson.EnvVars;

/** Stands for {@code hudson.model.EnvironmentSpecific} of Jenkins' core. */
public interface EnvironmentSpecific<T extends EnvironmentSpecific<T>> {
    /** The same with its variables replaced. */
    T forEnvironment(EnvVars environment);
}
