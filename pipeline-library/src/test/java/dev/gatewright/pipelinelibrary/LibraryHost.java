// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The library as a host among others, for tests that compare them. */
public final class LibraryHost {
    private LibraryHost() {}

    /**
     * Runs the whole spec in {@code folder/workspace} and returns what a script is given.
     *
     * @param program what starts the program
     */
    public static Map<?, ?> run(Path folder, Path program) throws Exception {
        Build build = new Build(folder);
        build.parameters.put("tool", program.toString());
        Object result = Groovy.CPS.run("@Library('gatewright') _\nnode('') { return gatewrightRun(params) }", build);
        return (Map<?, ?>) Objects.requireNonNull(result);
    }
}
