// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How tests start workers: from this module's classes, with ONNX Runtime's native library unpacked once for all. */
final class Workers {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Workers() {}

    /** The usual means of a worker of this module. */
    static WorkerOptions usual() {
        return WorkerOptions.of(List.of(classes(), onnxRuntime()))
                .withJavaFlags("-Donnxruntime.native.path=" + Unpacked.FOLDER)
                .withStartLimit(PATIENCE)
                .withCallLimit(PATIENCE);
    }

    /** The classes of this module. */
    static Path classes() {
        return home(ModelRunner.class);
    }

    /** The classes of this module's tests. */
    static Path testClasses() {
        return home(Workers.class);
    }

    /** ONNX Runtime's jar. */
    static Path onnxRuntime() {
        // The literal does not initialise the class, and so loads nothing native.
        return home(OrtEnvironment.class);
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Unpacked {
        static final Path FOLDER = unpack();

        private static Path unpack() {
            boolean arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("aarch64|arm64");
            String system = System.getProperty("os.name").startsWith("Mac") ? "osx" : "linux";
            String suffix = system.equals("osx") ? ".dylib" : ".so";
            Path folder = Path.of("target", "onnxruntime").toAbsolutePath();
            try {
                Files.createDirectories(folder);
                for (String library : List.of("libonnxruntime", "libonnxruntime4j_jni")) {
                    String name = library + suffix;
                    String from = "/ai/onnxruntime/native/" + system + (arm ? "-aarch64/" : "-x64/") + name;
                    try (InputStream in = OrtEnvironment.class.getResourceAsStream(from)) {
                        if (in == null) {
                            throw new IllegalStateException("no " + from + " in " + onnxRuntime());
                        }
                        Path temporary = Files.createTempFile(folder, name, ".part");
                        Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
                        Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return folder;
        }
    }
}
