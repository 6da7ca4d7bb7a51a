// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives as they are offered for the program. */
final class Archives {
    private Archives() {}

    /** What an archive of the program has at least. */
    static Map<String, String> program() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("gatewright-1/bin/gatewright", "#!/bin/sh\necho it runs\n");
        files.put("gatewright-1/lib/gatewright-cli.jar", "jar");
        return files;
    }

    static Path zip(Path file, Map<String, String> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    /** All of {@code folder} as a {@code .tar.gz}. */
    static Path tar(Path file, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-czPf", file.toString(), "-C", folder.toString(), ".")
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar makes no archive");
        }
        return file;
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
