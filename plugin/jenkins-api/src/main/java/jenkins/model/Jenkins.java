// SPDX-License-Identifier: Apache-2.0
package jenkins.model;

import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;

/** Stands for {@code jenkins.model.Jenkins} of Jenkins' core: finds descriptors as classes within what they describe. */
public class Jenkins {
    private static final Jenkins INSTANCE = new Jenkins();

    private Jenkins() {}

    /** The one that runs. */
    public static Jenkins get() {
        return INSTANCE;
    }

    /** The descriptor of a class. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        for (Class<?> within : type.getDeclaredClasses()) {
            if (Descriptor.class.isAssignableFrom(within)) {
                return (Descriptor) ExtensionList.lookupSingleton(within);
            }
        }
        throw new AssertionError(type + " is missing its descriptor");
    }
}
