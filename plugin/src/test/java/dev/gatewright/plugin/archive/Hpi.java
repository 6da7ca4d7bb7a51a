// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The archive that was packaged, and what is in it. */
final class Hpi {
    static final Path FILE = Path.of("target", "gatewright.hpi");
    static final Path FOLDER = Path.of("target", "hpi");
    static final String PLUGIN = "WEB-INF/lib/gatewright.jar";
    static final String REPORT = "WEB-INF/lib/gatewright-report.jar";

    private Hpi() {}

    /** Its files. */
    static Map<String, byte[]> content() throws IOException {
        return content(Files.readAllBytes(FILE));
    }

    /** The files of an archive. */
    static Map<String, byte[]> content(byte[] archive) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && content.put(entry.getName(), zip.readAllBytes()) != null) {
                    throw new IOException(entry.getName() + " is twice in it");
                }
            }
        }
        return content;
    }

    static Manifest manifest(byte[] archive) throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(archive))) {
            return jar.getManifest();
        }
    }

    /** The files of both jars, by their names. */
    static Map<String, byte[]> inJars() {
        try {
            Map<String, byte[]> all = new TreeMap<>();
            for (String jar : List.of(PLUGIN, REPORT)) {
                all.putAll(content(content().get(jar)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in the plugin's own jar. */
    static Map<String, byte[]> plugin() throws IOException {
        return content(content().get(PLUGIN));
    }

    /** The names of the classes among files. */
    static List<String> classes(Map<String, byte[]> files) {
        return files.keySet().stream()
                .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .toList();
    }

    /** Loads what is in it, with what is given to it and the JDK, and nothing else of this process. */
    static URLClassLoader loader(List<Path> jenkins) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(FOLDER.resolve(PLUGIN).toUri().toURL());
        urls.add(FOLDER.resolve(REPORT).toUri().toURL());
        for (Path each : jenkins) {
            urls.add(each.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** Where this process has a class from. */
    static Path origin(Class<?> type) {
        return Path.of(java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
