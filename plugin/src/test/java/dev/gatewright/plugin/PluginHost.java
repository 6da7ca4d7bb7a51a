// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import java.nio.file.Path;
import java.util.Map;

/** The plugin's step as a host among others, for tests that compare them. */
public final class PluginHost {
    private PluginHost() {}

    /**
     * Runs the whole spec in {@code folder/workspace} and returns what a script is given.
     *
     * @param home the program's folder
     */
    public static Map<String, Object> run(Path folder, Path home) throws Exception {
        return TestBuild.in(folder, home).start(new GatewrightStep()).result();
    }
}
