// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

import java.nio.file.Path;
import java.util.Locale;

/** What has to be known of this machine to start another Java on it. */
public final class ThisMachine {
    private ThisMachine() {}

    /** The {@code java} that runs this process. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Where this process has its classes from, as an argument of another one. */
    public static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Whether it has no POSIX shell. */
    public static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /** System and processor, as container images name them: {@code linux/amd64}. */
    public static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return system + "/"
                + switch (processor) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> processor;
                };
    }
}
