// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import dev.gatewright.stages.oci.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that starts a container and waits to be killed. */
final class Forked {
    private Forked() {}

    static Process start(String engine, String image) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forked.class.getName(),
                        engine,
                        image)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static String firstLine(Process process) throws IOException {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            return reader.readLine();
        }
    }

    public static void main(String[] arguments) throws Exception {
        DockerEngine engine = DockerEngine.connect(arguments[0]);
        engine.start(new ContainerRequest(Digest.parse(arguments[1]), 8000, true));
        System.out.println("started");
        Thread.sleep(60_000);
    }
}
