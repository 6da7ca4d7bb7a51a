// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.oci.ImageConfig;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** An image with Gatewright's own server: what lies where in it, and how it is started. */
final class ServedImage implements ImagePlan {
    private static final String DOCUMENT = ServerParts.ROOT + "/server.json";
    private static final String MODEL = "model";
    /** The server's main class. */
    static final String MAIN = "dev.gatewright.stages.modelserver.ServerMain";

    private static final Duration PROBE_EVERY = Duration.ofSeconds(30);
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(60);
    private static final int PROBES = 3;

    private final ContainerizeSection section;
    private final Spec spec;
    private final ModelFile model;
    private final ServerParts server;

    ServedImage(ContainerizeSection section, Spec spec, ModelFile model, ServerParts server) {
        this.section = section;
        this.spec = spec;
        this.model = model;
        this.server = server;
    }

    @Override
    public List<LayerPlan> layers() {
        return List.of(server.runtime(), server.application(), modelLayer());
    }

    /** The model's files, and what the server is told of it. */
    private LayerPlan modelLayer() {
        LayerPlan layer = new LayerPlan(MODEL);
        Path folder = Objects.requireNonNull(model.path().getParent());
        model.files()
                .forEach(file ->
                        layer.add(ServerParts.ROOT + "/" + MODEL + "/" + file.path(), folder.resolve(file.path())));
        Json.Obj document = Json.object()
                .put("format", "gatewright-server/v1")
                .put(
                        "model",
                        Json.object()
                                .put("name", spec.model().name())
                                .put("version", "1")
                                .put("path", MODEL + "/" + model.path().getFileName())
                                .put("sha256", model.digest())
                                .build())
                .put("host", "0.0.0.0")
                .put("port", section.port())
                .build();
        return layer.add(DOCUMENT, CanonicalJson.bytes(document));
    }

    @Override
    public ImageConfig config(List<Report> earlier) {
        return new ImageConfig(
                section.platform(),
                USER,
                "/",
                entrypoint(),
                section.port(),
                Installation.ENVIRONMENT,
                ImagePlan.labels(section, spec, model, earlier),
                health());
    }

    /** The server's command line. */
    private List<String> entrypoint() {
        return List.of(
                "java",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData", // it would be a file
                "-Donnxruntime.native.path=/" + ServerParts.LIBRARIES,
                "-cp",
                String.join(":", server.classPath()),
                MAIN,
                "/" + DOCUMENT);
    }

    /** Where the model's main file lies in the image. */
    String modelAt() {
        return "/" + ServerParts.ROOT + "/" + MODEL + "/" + model.path().getFileName();
    }

    /** The same image, for an engine that adds the layers {@code archives}. */
    String dockerfile(Reference base, List<String> archives) {
        StringBuilder text = new StringBuilder("FROM " + base + "\n");
        archives.forEach(archive -> text.append("ADD ").append(archive).append(" /\n"));
        ImageConfig.Health health = health();
        new TreeMap<>(Installation.ENVIRONMENT)
                .forEach((name, value) -> text.append("ENV ")
                        .append(name)
                        .append('=')
                        .append(value)
                        .append('\n'));
        return text.append("USER ")
                .append(USER)
                .append('\n')
                .append("WORKDIR /\n")
                .append("EXPOSE ")
                .append(section.port())
                .append('\n')
                .append("HEALTHCHECK --interval=")
                .append(health.interval().toSeconds())
                .append("s --timeout=")
                .append(health.timeout().toSeconds())
                .append("s --start-period=")
                .append(health.startPeriod().toSeconds())
                .append("s --retries=")
                .append(health.retries())
                .append(" CMD ")
                .append(words(health.command()))
                .append('\n')
                .append("ENTRYPOINT ")
                .append(words(entrypoint()))
                .append('\n')
                .toString();
    }

    private static String words(List<String> words) {
        return JsonWriter.compact(Json.texts(words));
    }

    private ImageConfig.Health health() {
        List<String> command = List.of(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                "/" + ServerParts.PROBE,
                HealthProbe.class.getName(),
                Integer.toString(section.port()));
        return new ImageConfig.Health(command, PROBE_EVERY, LONGEST_PROBE, START, PROBES);
    }
}
