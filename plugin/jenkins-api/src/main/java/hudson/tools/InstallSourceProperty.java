// SPDX-License-Identifier: Apache-2.0
package hudson.tools;

import java.io.IOException;
import java.util.List;

/** Stands for {@code hudson.tools.InstallSourceProperty} of Jenkins' core: where a tool comes from. */
public class InstallSourceProperty extends ToolProperty<ToolInstallation> {
    final List<? extends ToolInstaller> installers;

    /** The first one that can, does it. */
    public InstallSourceProperty(List<? extends ToolInstaller> installers) throws IOException {
        this.installers = List.copyOf(installers);
    }

    @Override
    public Class<ToolInstallation> type() {
        return ToolInstallation.class;
    }
}
