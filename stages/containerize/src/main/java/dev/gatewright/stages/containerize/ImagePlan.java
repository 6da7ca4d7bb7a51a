// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.oci.ImageConfig;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is laid down in an image, and how that is run. Nothing in it comes from the machine or the day. */
interface ImagePlan {
    /** Nobody in particular: the number that images without users agree on. */
    String USER = "65532:65532";

    /** Lowest first; the model's, which alone changes with it, is the last. */
    List<LayerPlan> layers();

    /** How it is run. */
    ImageConfig config(List<Report> earlier);

    /** As the section's runtime has it. */
    static ImagePlan of(ContainerizeSection section, ModelFile model, StageRequest request) throws IOException {
        return section.runtime().isDataOnly()
                ? new ModelImage(section, request.spec(), model)
                : new ServedImage(
                        section,
                        request.spec(),
                        model,
                        ServerParts.of(request.installation().server(), section.platform()));
    }

    /** What everybody who has the image can read of it. */
    static Map<String, String> labels(ContainerizeSection section, Spec spec, ModelFile model, List<Report> earlier) {
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
