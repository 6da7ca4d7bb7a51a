// SPDX-License-Identifier: Apache-2.0
package hudson.tools;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import jenkins.model.Jenkins;

/** Stands for {@code hudson.tools.ToolProperty} of Jenkins' core. */
public abstract class ToolProperty<T extends ToolInstallation> implements Describable<ToolProperty<?>>, ExtensionPoint {
    @Override
    public ToolPropertyDescriptor getDescriptor() {
        return (ToolPropertyDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }

    /** Of what it is a property. */
    public abstract Class<T> type();
}
