// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;
import org.jspecify.annotations.Nullable;

/** Looks, on an agent, for the program in a folder. */
final class ProgramFolder extends MasterToSlaveFileCallable<@Nullable String> {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable String invoke(File home, VirtualChannel channel) {
        Path program = program(home.toPath());
        return home.isAbsolute() && Files.isRegularFile(program) ? program.toString() : null;
    }

    /** What starts the program, on this system. */
    static Path program(Path home) {
        return home.resolve("bin").resolve(File.separatorChar == '\\' ? "gatewright.cmd" : "gatewright");
    }
}
