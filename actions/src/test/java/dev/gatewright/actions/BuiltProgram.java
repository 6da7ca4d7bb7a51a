// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program as users install it, which Maven's package has made before this module's turn. */
final class BuiltProgram {
    private static final Path TARGET = Action.ROOT.resolve("stages/distribution/target");

    private BuiltProgram() {}

    static Path zip() throws IOException {
        try (Stream<Path> files = Files.exists(TARGET) ? Files.list(TARGET) : Stream.empty()) {
            List<Path> zips =
                    files.filter(file -> file.toString().endsWith(".zip")).toList();
            Requires.that(!zips.isEmpty(), "needs the program's zip, which Maven's package makes in " + TARGET);
            return zips.get(0);
        }
    }

    /** The same, unpacked. */
    static Path folder() {
        Path folder = TARGET.resolve("gatewright");
        Requires.that(Files.exists(folder), "needs the program, which Maven's package makes in " + TARGET);
        return folder;
    }
}
