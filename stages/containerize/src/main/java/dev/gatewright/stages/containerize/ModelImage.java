// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.oci.ImageConfig;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An image of the model alone, below {@code /models}: its files as they are, which a KServe predictor mounts, or a repository of one
 * model, which Triton loads.
 */
final class ModelImage implements ImagePlan {
    private static final String ROOT = "models";

    private final ContainerizeSection section;
    private final Spec spec;
    private final ModelFile model;

    ModelImage(ContainerizeSection section, Spec spec, ModelFile model) {
        this.section = section;
        this.spec = spec;
        this.model = model;
    }

    private static boolean isRepository(ContainerizeSection section) {
        return section.runtime() == ImageRuntime.TRITON;
    }

    /** Where the model's main file lies in such an image, relative to its root. */
    static String modelAt(ContainerizeSection section, String name, ModelFile model) {
        return folder(section, name) + "/" + model.path().getFileName();
    }

    private static String folder(ContainerizeSection section, String name) {
        return isRepository(section) ? ROOT + "/" + name + "/1" : ROOT;
    }

    @Override
    public List<LayerPlan> layers() {
        LayerPlan layer = new LayerPlan("model");
        String name = spec.model().name();
        Path folder = Objects.requireNonNull(model.path().getParent());
        model.files()
                .forEach(file -> layer.add(folder(section, name) + "/" + file.path(), folder.resolve(file.path())));
        if (isRepository(section)) {
            String config = TritonConfig.of(name, model);
            layer.add(ROOT + "/" + name + "/config.pbtxt", config.getBytes(StandardCharsets.UTF_8));
        }
        return List.of(layer);
    }

    @Override
    public ImageConfig config(List<Report> earlier) {
        List<String> entrypoint = isRepository(section)
                ? List.of(
                        "tritonserver",
                        "--model-repository=/" + ROOT,
                        "--http-port=" + section.port(),
                        "--allow-grpc=false")
                : List.of();
        return new ImageConfig(
                section.platform(),
                USER,
                "/",
                entrypoint,
                isRepository(section) ? section.port() : 0,
                Map.of(),
                ImagePlan.labels(section, spec, model, earlier),
                null);
    }
}
