// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A system, its processor and its C library, as far as ONNX Runtime tells them apart. It has native libraries for a few; on
 * the others models cannot be run, which is said before anything is.
 */
public final class Platform {
    /** Those that ONNX Runtime's jar has a library for, named as its folders are. */
    static final List<String> OF_ONNX_RUNTIME = List.of("linux-x64", "linux-aarch64", "osx-aarch64", "win-x64");

    private final String name;
    private final boolean usesMusl;

    private Platform(String name, boolean usesMusl) {
        this.name = name;
        this.usesMusl = usesMusl;
    }

    /** The one that this process runs on. */
    public static Platform ofThisProcess() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"), usesMusl());
    }

    /** The one that Java names like this. */
    static Platform of(String system, String architecture, boolean usesMusl) {
        String lower = system.toLowerCase(Locale.ROOT);
        String family = lower.startsWith("windows")
                ? "win"
                : lower.startsWith("mac") || lower.startsWith("darwin") ? "osx" : lower.replace(' ', '-');
        String processor = switch (architecture) {
            case "amd64", "x86_64" -> "x64";
            case "arm64" -> "aarch64";
            default -> architecture;
        };
        return new Platform(family + "-" + processor, usesMusl);
    }

    /** Its name, as ONNX Runtime spells it: {@code linux-x64}. */
    public String name() {
        return name;
    }

    /** Why no model can be run on it, without a full stop; nothing where one can. */
    public Optional<String> obstacle() {
        if (!OF_ONNX_RUNTIME.contains(name)) {
            return Optional.of("ONNX Runtime has no library for " + name
                    + ", so that no model can be run here, but only for " + String.join(", ", OF_ONNX_RUNTIME));
        }
        if (usesMusl) {
            return Optional.of(
                    "ONNX Runtime's library for " + name
                            + " needs the GNU C library, so that no model can be run here: this Java uses musl, as Alpine does");
        }
        return Optional.empty();
    }

    /** What to do where a model cannot be run. */
    public String next() {
        String where = usesMusl ? "use an image with the GNU C library, such as Debian's" : "run it on one of these";
        return where + ", or judge a file of predictions, which needs no model";
    }

    /** A system may have both libraries: what counts is the one that this process was loaded by. */
    private static boolean usesMusl() {
        try {
            return (Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
                            || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1")))
                    && Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
                            .contains("/ld-musl-");
        } catch (IOException e) {
            return false; // then the worker says what it lacks
        }
    }
}
