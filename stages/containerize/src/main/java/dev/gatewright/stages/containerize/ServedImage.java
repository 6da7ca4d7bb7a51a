// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.oci.ImageConfig;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What lies where in an image that serves a model, and how it is started. Nothing in it comes from the machine or the day. */
final class ServedImage {
    /** Nobody in particular: the number that images without users agree on. */
    private static final String USER = "65532:65532";

    private static final String DOCUMENT = ServerParts.ROOT + "/server.json";
    private static final String MODEL = "model";
    private static final String MAIN = "dev.gatewright.stages.modelserver.ServerMain";
    private static final Duration PROBE_EVERY = Duration.ofSeconds(30);
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(60);
    private static final int PROBES = 3;

    private final ContainerizeSection section;
    private final Spec spec;
    private final ModelFile model;

    ServedImage(ContainerizeSection section, Spec spec, ModelFile model) {
        this.section = section;
        this.spec = spec;
        this.model = model;
    }

    /** The one layer that a new model changes: its files, and what the server is told of it. */
    LayerPlan modelLayer() {
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

    /** How it is run. */
    ImageConfig config(ServerParts server, List<Report> earlier) {
        return new ImageConfig(
                section.platform(), USER, "/", entrypoint(server), section.port(), labels(earlier), health());
    }

    /** The server's command line. */
    List<String> entrypoint(ServerParts server) {
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

    private Map<String, String> labels(List<Report> earlier) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("org.opencontainers.image.title", spec.model().name());
        for (Report report : earlier) {
            Json.Obj source = report.document().object("source");
            source.text("commit").ifPresent(commit -> {
                labels.put("org.opencontainers.image.revision", commit);
                labels.put(ContainerizeSection.OWN_LABELS + "commit", commit);
            });
            source.text("url").ifPresent(url -> labels.put("org.opencontainers.image.source", url));
        }
        labels.putAll(section.labels());
        labels.put(ContainerizeSection.OWN_LABELS + "model.name", spec.model().name());
        labels.put(ContainerizeSection.OWN_LABELS + "model.digest", "sha256:" + model.digest());
        return labels;
    }
}
