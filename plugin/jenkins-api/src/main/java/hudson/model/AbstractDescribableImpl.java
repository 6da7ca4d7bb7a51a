// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import jenkins.model.Jenkins;

/** Stands for {@code hudson.model.AbstractDescribableImpl} of Jenkins' core. */
public abstract class AbstractDescribableImpl<T extends AbstractDescribableImpl<T>> implements Describable<T> {
    @Override
    @SuppressWarnings("unchecked")
    public Descriptor<T> getDescriptor() {
        return Jenkins.get().getDescriptorOrDie(getClass());
    }
}
