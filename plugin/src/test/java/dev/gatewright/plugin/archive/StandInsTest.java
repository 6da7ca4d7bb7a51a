// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.FutureCallback;
import hudson.Extension;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.java.sezpoz.Indexable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The stand-ins for Jenkins' classes. Where {@code -Djenkins.jars=FOLDER} names a folder with the real ones (an unpacked jenkins.war, and
 * the plugins' jars), each is held against the class that it stands for, and the plugin's own classes against those that they extend.
 */
class StandInsTest {
    private static final Map<String, byte[]> ALL = standIns();

    /** The sources, which are where this test is run from. */
    private static final Path SOURCES = Path.of("..", "jenkins-api", "src", "main", "java");

    @Test
    void sayForWhichClassTheyStand() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.startsWith(SOURCES.resolve("dev"))))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .containsPattern("Stands for \\{@code "
                                    + SOURCES.relativize(file)
                                            .toString()
                                            .replace(File.separatorChar, '.')
                                            .replaceFirst("\\.java$", "")
                                            .replace(".", "\\.")
                                    + "\\}"));
        }
    }

    @TestFactory
    Stream<DynamicTest> haveTheSignaturesOfWhatTheyStandFor() throws IOException {
        String jars = System.getProperty("jenkins.jars", "");
        if (jars.isBlank()) {
            return Stream.of(DynamicTest.dynamicTest(
                    "are there to be compared",
                    () -> assertThat(names())
                            .contains("hudson.Extension", "hudson.tools.ToolInstallation", "hudson.model.Run")));
        }
        Signatures signatures = new Signatures(
                new URLClassLoader(urls(libraries()), ClassLoader.getPlatformClassLoader()), real(Path.of(jars)));
        return Stream.concat(
                names().stream()
                        .map(name -> DynamicTest.dynamicTest(
                                name, () -> assertThat(signatures.missing(name)).isEmpty())),
                Hpi.classes(Hpi.plugin()).stream()
                        .map(name -> DynamicTest.dynamicTest(
                                name, () -> assertThat(signatures.open(name)).isEmpty())));
    }

    private static ClassLoader real(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        jars.add(Hpi.FOLDER.resolve(Hpi.PLUGIN));
        jars.add(Hpi.FOLDER.resolve(Hpi.REPORT));
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
        }
        assertThat(jars).as("jars in " + folder).hasSizeGreaterThan(2);
        return new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader());
    }

    private static List<Path> libraries() {
        return Stream.of(Extension.class, FutureCallback.class, Indexable.class)
                .map(Hpi::origin)
                .toList();
    }

    private static URL[] urls(List<Path> paths) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path path : paths) {
            urls.add(path.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Those of Jenkins: what tests of the plugin need beside them stands for nothing. */
    private static List<String> names() {
        return Hpi.classes(ALL).stream()
                .filter(name -> !name.startsWith("dev.gatewright."))
                .filter(StandInsTest::isOffered)
                .toList();
    }

    private static boolean isOffered(String name) {
        try {
            Class<?> type = Class.forName(name, false, StandInsTest.class.getClassLoader());
            for (@Nullable Class<?> each = type; each != null; each = each.getDeclaringClass()) {
                if ((each.getModifiers() & (java.lang.reflect.Modifier.PUBLIC | java.lang.reflect.Modifier.PROTECTED))
                        == 0) {
                    return false;
                }
            }
            return !type.isAnonymousClass() && !type.isLocalClass();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** A jar once it is packaged, and a folder before. */
    private static Map<String, byte[]> standIns() {
        Path origin = Hpi.origin(Extension.class);
        try {
            if (Files.isDirectory(origin)) {
                return files(origin);
            }
            try (FileSystem jar = FileSystems.newFileSystem(origin)) {
                return files(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> files(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(root.relativize(file).toString().replace('\\', '/'), new byte[0]);
            }
        }
        return files;
    }
}
