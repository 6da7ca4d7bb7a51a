// SPDX-License-Identifier: Apache-2.0
package hudson.model;

/** Stands for {@code hudson.model.Describable} of Jenkins' core. */
public interface Describable<T extends Describable<T>> {
    /** What is true of all of its class. */
    Descriptor<T> getDescriptor();
}
