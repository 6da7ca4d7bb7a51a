// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A file, or a set of files, that a stage read or wrote.
 *
 * @param name what it is to the stage: {@code model}, {@code holdout}
 * @param path where it lies, from the spec's folder where it is below it
 * @param sha256 its digest in hexadecimal
 */
public record Artifact(String name, String path, long bytes, String sha256) {
    /**
     * A file, or a folder with all files in it, as it lies there now. The digest of a folder is that of the canonical JSON of
     * {@code [{path, bytes, sha256}]} over its files, in the order of their paths.
     */
    public static Artifact of(String name, Path path, Path specFolder) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        String shown = shown(absolute, specFolder);
        if (!Files.isDirectory(absolute)) {
            if (!Files.isRegularFile(absolute)) {
                throw new NoSuchFileException(absolute.toString(), null, "there is no such file or folder");
            }
            return new Artifact(name, shown, Files.size(absolute), sha256(absolute));
        }
        long bytes = 0;
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(absolute)) {
            walk.filter(Files::isRegularFile)
                    .forEach(file ->
                            files.put(absolute.relativize(file).toString().replace('\\', '/'), file));
        }
        List<Json> entries = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            bytes += Files.size(file.getValue());
            entries.add(Json.object()
                    .put("path", file.getKey())
                    .put("bytes", Files.size(file.getValue()))
                    .put("sha256", sha256(file.getValue()))
                    .build());
        }
        return new Artifact(name, shown, bytes, CanonicalJson.sha256(new Json.Arr(entries)));
    }

    /** {@code path} as a report shows it: from {@code specFolder} where it is below it, with slashes. */
    public static String shown(Path path, Path specFolder) {
        Path absolute = path.toAbsolutePath().normalize();
        return (absolute.startsWith(specFolder) ? specFolder.relativize(absolute) : absolute)
                .toString()
                .replace('\\', '/');
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Json toJson() {
        return Json.object()
                .put("name", name)
                .put("path", path)
                .put("bytes", bytes)
                .put("sha256", sha256)
                .build();
    }

    static Artifact of(Json.Obj json) {
        return new Artifact(
                json.text("name").orElse(""),
                json.text("path").orElse(""),
                json.number("bytes").orElse(0.0).longValue(),
                json.text("sha256").orElse(""));
    }
}
