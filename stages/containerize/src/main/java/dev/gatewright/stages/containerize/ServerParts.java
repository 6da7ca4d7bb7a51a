// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.stages.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The server and what it runs on, as two layers: ONNX Runtime's native libraries, and the jars.
 *
 * @param classPath the jars by their paths in the image
 */
record ServerParts(LayerPlan runtime, LayerPlan application, List<String> classPath) {
    static final String ROOT = "gatewright";
    static final String LIBRARIES = ROOT + "/native";
    static final String PROBE = ROOT + "/probe";

    private static final String JARS = ROOT + "/lib";
    private static final String IN_JAR = "ai/onnxruntime/native/";
    private static final String LIBRARY_FLAG = "-Donnxruntime.native.path=";

    /**
     * The parts of the program that make up its server on {@code platform}.
     *
     * @throws IOException if one of them is missing
     */
    static ServerParts of(Installation.Part server, Platform platform) throws IOException {
        if (server.classPath().isEmpty()) {
            throw new IOException("this program lacks its server (lib/server)");
        }
        LayerPlan runtime = new LayerPlan("runtime");
        LayerPlan application = new LayerPlan("application");
        List<String> classPath = new ArrayList<>();
        for (Path part : server.classPath()) {
            if (!Files.exists(part)) {
                continue; // as Java does with what a class path names and nobody has built
            }
            String file = Objects.requireNonNull(part.getFileName()).toString();
            String name = Files.isDirectory(part) || classPath.contains("/" + JARS + "/" + file)
                    ? "part-" + classPath.size() + ".jar"
                    : file;
            String place = JARS + "/" + name;
            if (Files.isDirectory(part)) {
                application.add(place, StoredJar.ofFolder(part));
            } else if (file.startsWith("onnxruntime")) {
                // Made anew, since the program may have unpacked its libraries for this machine out of it.
                application.add(place, StoredJar.without(part, IN_JAR));
                addLibraries(runtime, part, platform);
            } else {
                application.add(place, part);
            }
            classPath.add("/" + place);
        }
        if (runtime.isEmpty()) {
            addUnpackedLibraries(runtime, server, platform);
        }
        addProbe(application);
        return new ServerParts(runtime, application, classPath);
    }

    private static void addLibraries(LayerPlan runtime, Path jar, Platform platform) throws IOException {
        String folder = IN_JAR + platform.ofOnnxRuntime() + "/";
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
                    runtime.add(LIBRARIES + "/" + entry.getName().substring(folder.length()), jar, entry.getName());
                }
            }
        }
    }

    private static void addUnpackedLibraries(LayerPlan runtime, Installation.Part server, Platform platform)
            throws IOException {
        for (String flag : server.flags()) {
            Path folder = Path.of(flag.startsWith(LIBRARY_FLAG) ? flag.substring(LIBRARY_FLAG.length()) : "");
            if (folder.endsWith(platform.ofOnnxRuntime()) && Files.isDirectory(folder)) {
                runtime.addFolder(LIBRARIES, folder);
            }
        }
        if (runtime.isEmpty()) {
            throw new IOException("this program has no library of ONNX Runtime for " + platform.spelling()
                    + ": one that was prepared for a machine has that machine's alone");
        }
    }

    private static void addProbe(LayerPlan application) throws IOException {
        String resource = HealthProbe.class.getName().replace('.', '/') + ".class";
        try (InputStream in = HealthProbe.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("this program lacks " + resource);
            }
            application.add(PROBE + "/" + resource, in.readAllBytes());
        }
    }
}
