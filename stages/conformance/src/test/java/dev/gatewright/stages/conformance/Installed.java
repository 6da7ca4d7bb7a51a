// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The program's folder as it is installed, made from this process's class path. */
final class Installed {
    /** The jar of ONNX Runtime. */
    static final String RUNTIME = "onnxruntime.jar";

    private Installed() {}

    /** The folders only. */
    static void folders(Sandbox box) {
        try {
            Files.createDirectories(box.path("program/lib/worker"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with all that a worker needs. The next commands run with it. */
    static void all(Sandbox box) {
        folders(box);
        int number = 0;
        for (Path entry : classPath()) {
            String name = entry.getFileName().toString();
            boolean runtime = name.startsWith("onnxruntime");
            Path jar = box.path("program/lib/worker/" + (runtime ? RUNTIME : "part" + number++ + ".jar"));
            try {
                if (Files.isDirectory(entry)) {
                    pack(entry, jar);
                } else {
                    Files.createLink(jar, entry.toRealPath());
                }
            } catch (IOException e) {
                copy(entry, jar);
            }
        }
        box.home(box.path("program"));
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    /** Where no hard link can be made. */
    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
