// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The program as it is installed on an agent, made from this process's class path. */
final class RealProgram {
    private static final String RUNTIME = "onnxruntime.jar";

    private RealProgram() {}

    /** Makes it in {@code home}, and returns its launcher. */
    static Path make(Path home) throws IOException {
        Path worker = Files.createDirectories(home.resolve("lib/worker"));
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.exists(path) && !path.endsWith("test-classes")) {
                boolean isRuntime = path.getFileName().toString().startsWith("onnxruntime");
                String name = isRuntime ? RUNTIME : "part" + jars.size() + ".jar";
                place(path, worker.resolve(name));
                if (!isRuntime) {
                    jars.add("worker/" + name);
                }
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", jars));
        new JarOutputStream(Files.newOutputStream(home.resolve("lib/gatewright-cli.jar")), manifest).close();
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("gatewright");
        Files.copy(Path.of("../stages/cli/src/main/program/bin/gatewright"), launcher);
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException(launcher + " cannot be made executable");
        }
        return launcher;
    }

    private static void place(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            pack(from, to);
            return;
        }
        try {
            Files.createLink(to, from.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING); // on another disk
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }
}
