// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.process;

import dev.gatewright.stages.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The program as it is installed, put together from this process's class path: launcher, library, worker. */
final class InstalledProgram {
    private static final List<String> OF_TESTS = List.of(
            "junit",
            "assertj",
            "byte-buddy",
            "archunit",
            "opentest4j",
            "apiguardian",
            "surefire",
            "databind",
            "annotations",
            "testkit",
            "jetty",
            "model-server",
            "slf4j-api-");

    private InstalledProgram() {}

    /** Makes it in {@code home}, anew. */
    static Path make(Path home) throws IOException {
        if (Files.exists(home)) {
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(home.resolve("bin"));
        Path worker = Files.createDirectories(home.resolve("lib/worker"));
        Path launcher = home.resolve("bin/gatewright");
        Files.copy(Path.of("src/main/program/bin/gatewright"), launcher);
        launcher.toFile().setExecutable(true);
        List<String> jars = new ArrayList<>();
        Path own = Path.of("target/classes").toAbsolutePath();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            String name = name(path);
            boolean isOther = path.equals(own)
                    || !Files.exists(path)
                    || path.endsWith("test-classes")
                    || OF_TESTS.stream().anyMatch(name::contains);
            if (isOther) {
                continue;
            }
            boolean isRuntime = name.startsWith("onnxruntime");
            if (isRuntime || name.startsWith("validation-onnx")) {
                place(path, worker.resolve(name));
            }
            if (!isRuntime) {
                place(path, home.resolve("lib").resolve(name));
                jars.add(name);
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", jars));
        try (OutputStream out = Files.newOutputStream(home.resolve("lib/gatewright-cli.jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            add(own, jar);
        }
        return home;
    }

    /** Makes it and keeps its classes ready, in the quickest way: tests start it often. */
    static Path makeFast(Path home) throws IOException, InterruptedException {
        make(home);
        Path lib = home.resolve("lib");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=" + lib.resolve("program.jsa"),
                        "-Dgatewright.home=" + home,
                        "-cp",
                        lib.resolve("gatewright-cli.jar").toString(),
                        Main.class.getName(),
                        "doctor")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the program does not work here: " + text);
        }
        return home;
    }

    /** A jar's own name; for a folder of class files the module's. */
    private static String name(Path entry) {
        if (!Files.isDirectory(entry)) {
            return entry.getFileName().toString();
        }
        Path module = entry.getParent().getParent();
        return module.getParent().getFileName() + "-" + module.getFileName() + ".jar";
    }

    private static void place(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(to))) {
                add(from, jar);
            }
            return;
        }
        try {
            Files.createLink(to, from.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING); // on another disk
        }
    }

    private static void add(Path classes, JarOutputStream jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    jar.putNextEntry(new ZipEntry(name));
                    Files.copy(file, jar);
                    jar.closeEntry();
                }
            }
        }
    }
}
