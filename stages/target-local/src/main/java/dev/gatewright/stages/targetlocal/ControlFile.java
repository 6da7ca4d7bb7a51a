// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a supervisor takes orders, and the token for it: a file that its owner alone can read.
 *
 * @param pid of the supervisor
 */
record ControlFile(int port, String token, long pid) {
    private static final String FILE = "control.json";
    private static final int TOKEN_BYTES = 32;

    static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static void write(Path folder, int port, String token) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path made = Files.createTempFile(folder, "control-", ".new", ownerOnly);
        Files.writeString(
                made,
                JsonWriter.compact(Json.object()
                        .put("port", port)
                        .put("token", token)
                        .put("pid", ProcessHandle.current().pid())
                        .build()));
        Files.move(made, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** That of a supervisor that runs; empty where none does. */
    static Optional<ControlFile> read(Path folder) {
        try {
            Json document = JsonReader.read(Files.readAllBytes(folder.resolve(FILE)));
            if (document instanceof Json.Obj object) {
                ControlFile file = new ControlFile(
                        object.number("port").orElse(0.0).intValue(),
                        object.text("token").orElse(""),
                        object.number("pid").orElse(0.0).longValue());
                return ProcessHandle.of(file.pid).map(ProcessHandle::isAlive).orElse(false)
                        ? Optional.of(file)
                        : Optional.empty();
            }
        } catch (IOException e) {
            // There is none, or it is just being written.
        }
        return Optional.empty();
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
