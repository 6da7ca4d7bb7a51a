// SPDX-License-Identifier: Apache-2.0
package hudson.tools;

import hudson.model.Descriptor;
import java.lang.reflect.Array;
import java.util.List;

/** Stands for {@code hudson.tools.ToolDescriptor} of Jenkins' core: all installations of a kind. */
public abstract class ToolDescriptor<T extends ToolInstallation> extends Descriptor<ToolInstallation> {
    private T[] installations;

    /** Of the enclosing class. */
    protected ToolDescriptor() {}

    /** Those that are configured. */
    @SuppressWarnings("unchecked")
    public T[] getInstallations() {
        return installations == null ? (T[]) Array.newInstance(clazz, 0) : installations.clone();
    }

    /** Configures them. */
    @SuppressWarnings("unchecked")
    public void setInstallations(T... installations) {
        this.installations = installations.clone();
    }

    /** What a new one is brought by, unless somebody chooses otherwise. */
    public List<? extends ToolInstaller> getDefaultInstallers() {
        return List.of();
    }
}
