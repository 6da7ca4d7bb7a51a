// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import dev.gatewright.stages.oci.BaseImage;
import dev.gatewright.stages.oci.BaseImages;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.ImageConfig;
import dev.gatewright.stages.oci.ImageLayout;
import dev.gatewright.stages.oci.ImageSource;
import dev.gatewright.stages.oci.ImageWriter;
import dev.gatewright.stages.oci.Layer;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.stages.oci.LayerStore;
import dev.gatewright.stages.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An image of the program itself, for jobs in a cluster and steps in containers: upon an image with a Java 17 and a shell, the same
 * bytes everywhere.
 *
 * @param manifest of the image in {@code layout}
 */
public record ProgramImage(ImageLayout layout, Descriptor manifest) {
    private static final String HOME = "opt/gatewright";
    private static final String COMMAND = "usr/local/bin/gatewright";
    private static final String USER = "65532:65532";

    /** What a machine makes of its own for a quicker start, and what the base has. */
    private static final List<String> LEFT_OUT =
            List.of("runtime/", "lib/program.jsa", "lib/worker.jsa", "lib/server.jsa");

    /**
     * Writes it.
     *
     * @param home of the installed program
     * @param base what it is built upon
     * @param work a folder for a while
     */
    public static ProgramImage write(Path home, String version, ImageSource base, Platform platform, Path work)
            throws IOException, InterruptedException {
        ImageLayout layout = ImageLayout.create(work.resolve("image"));
        try (LayerStore store = LayerStore.open(work.resolve("layers"), work.resolve("others"))) {
            BaseImage upon = new BaseImages(base, store).into(layout, platform);
            List<Layer> layers = new ArrayList<>();
            for (LayerPlan plan : layers(home)) {
                layers.add(store.store(plan));
            }
            ImageConfig config = new ImageConfig(
                    platform,
                    USER,
                    "/",
                    List.of("/" + COMMAND),
                    0,
                    Map.of(),
                    Map.of(
                            "org.opencontainers.image.title", "gatewright",
                            "org.opencontainers.image.version", version,
                            "org.opencontainers.image.licenses", "Apache-2.0"),
                    null);
            Descriptor pinned = Objects.requireNonNull(upon.manifest());
            Map<String, String> annotations = Map.of(
                    "org.opencontainers.image.base.digest", pinned.digest().toString());
            Descriptor manifest = new ImageWriter(layout).write(upon, layers, config, annotations);
            layout.writeIndex(List.of(manifest));
            return new ProgramImage(layout, manifest);
        }
    }

    /** The libraries of others, which stay from version to version, and the program's own files. */
    private static List<LayerPlan> layers(Path home) throws IOException {
        LayerPlan libraries = new LayerPlan("libraries");
        LayerPlan program = new LayerPlan("program");
        try (Stream<Path> below = Files.walk(home)) {
            for (Path file : (Iterable<Path>) below.filter(Files::isRegularFile)::iterator) {
                String path = home.relativize(file).toString().replace('\\', '/');
                if (LEFT_OUT.stream().noneMatch(path::startsWith)) {
                    LayerPlan layer = isOthers(path) ? libraries : program;
                    if (path.equals("bin/gatewright")) {
                        layer.addExecutable(HOME + "/" + path, Files.readAllBytes(file));
                    } else {
                        layer.add(HOME + "/" + path, file);
                    }
                }
            }
        }
        String command = "#!/bin/sh\nexec /" + HOME + "/bin/gatewright \"$@\"\n";
        program.addExecutable(COMMAND, command.getBytes(StandardCharsets.UTF_8));
        return List.of(libraries, program);
    }

    private static boolean isOthers(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        boolean isOwn = file.startsWith("stages-") || file.startsWith("validation-") || file.startsWith("gatewright-");
        return path.startsWith("lib/") && !isOwn;
    }
}
