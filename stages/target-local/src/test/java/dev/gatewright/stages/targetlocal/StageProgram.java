// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import java.nio.file.Path;

/** The stage in a process of its own, which a test ends in its middle. */
final class StageProgram {
    private StageProgram() {}

    /** Runs the stage on the folder that is named first, in the run that is named next. */
    public static void main(String[] arguments) throws Exception {
        new CanaryFolder(Path.of(arguments[0])).run().run(arguments[1]);
    }
}
