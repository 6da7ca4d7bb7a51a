// SPDX-License-Identifier: Apache-2.0
package hudson.tools;

import hudson.model.Descriptor;

/** Stands for {@code hudson.tools.ToolInstallerDescriptor} of Jenkins' core. */
public abstract class ToolInstallerDescriptor<T extends ToolInstaller> extends Descriptor<ToolInstaller> {
    /** Whether it brings tools of that kind. */
    public boolean isApplicable(Class<? extends ToolInstallation> toolType) {
        return true;
    }
}
