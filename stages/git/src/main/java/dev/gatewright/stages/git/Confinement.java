// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit is told about the machine: that neither the system nor the user configures anything.
 *
 * <p>Left to itself, JGit runs {@code git} to find the system's configuration, and on first use writes probe files into
 * the repository for three seconds, to measure the clock of the file system, and the result into the user's home.
 */
final class Confinement extends SystemReader.Delegate {
    private static final Confinement INSTANCE = new Confinement(SystemReader.getInstance());

    private Confinement(SystemReader machine) {
        super(machine);
    }

    /** Confines JGit, for the whole process. */
    static void enter() {
        if (SystemReader.getInstance() != INSTANCE) {
            SystemReader.setInstance(INSTANCE);
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /** A configuration without a file. */
    private static final class Nothing extends FileBasedConfig {
        private Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        /** The resolution of the file system's clock is given, the coarsest one there is, so that none is measured. */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem") ? unit.convert(2, TimeUnit.SECONDS) : otherwise;
        }
    }
}
