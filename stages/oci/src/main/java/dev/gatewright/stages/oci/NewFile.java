// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Files in the making: named so that nobody takes them for finished ones, and readable by whom the finished ones will be. */
final class NewFile {
    private NewFile() {}

    /** A new, empty file in {@code folder}. */
    static Path in(Path folder) throws IOException {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return Files.createFile(folder.resolve(".new-" + HexFormat.of().formatHex(random) + ".tmp"));
    }
}
