// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.evaluation.JudgedModel;
import dev.gatewright.stages.evaluation.ServedAnswers;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.Layer;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.stages.oci.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image as a report and as {@code image.json} tell of it. */
final class ImageReport {
    static final String FORMAT = "gatewright-image/v1";

    private final ImageBuild build;
    private final JudgedModel model;
    private final ContainerizeSection section;
    private final Boot boot;
    private final ServedAnswers.Judgement served;
    private final Registry.@Nullable Pushed pushed;

    ImageReport(
            ImageBuild build,
            JudgedModel model,
            ContainerizeSection section,
            Boot boot,
            ServedAnswers.Judgement served,
            Registry.@Nullable Pushed pushed) {
        this.build = build;
        this.model = model;
        this.section = section;
        this.boot = boot;
        this.served = served;
        this.pushed = pushed;
    }

    /** The document by which the stages after this one find the image. */
    Json.Obj document() {
        Json.Builder document = Json.object().put("format", FORMAT);
        if (pushed != null) {
            document.put("reference", build.reference() + "@" + build.manifest().digest());
        }
        return document.put("digest", build.manifest().digest().toString())
                .put("layout", ImageBuild.LAYOUT)
                .put("modelDigest", model.file().digest())
                .put("entrypoint", Json.texts(build.entrypoint()))
                .put("port", section.port())
                .build();
    }

    /** What the same inputs give everywhere. */
    Json.Obj facts() throws IOException {
        List<Json> layers = new ArrayList<>();
        for (Layer layer : build.layers()) {
            layers.add(Json.object()
                    .put("name", layer.name())
                    .put("digest", layer.descriptor().digest().toString())
                    .put("bytes", layer.descriptor().size())
                    .build());
        }
        Json.Builder facts = Json.object();
        served.facts().members().forEach(facts::put);
        return facts.put("judgedBy", model.judgedBy().spelling())
                .put(
                        "image",
                        Json.object()
                                .put("name", build.reference().toString())
                                .put("digest", build.manifest().digest().toString())
                                .put("platform", section.platform().spelling())
                                .put("base", base())
                                .put("bytes", build.bytes())
                                .put("layers", layers)
                                .build())
                .put("golden", boot.facts())
                .build();
    }

    private String base() {
        Descriptor manifest = build.base().manifest();
        String pinned = manifest == null ? "" : "@" + manifest.digest();
        if (section.base() instanceof BaseName.Remote remote) {
            Reference reference = remote.reference();
            return new Reference(reference.registry(), reference.repository(), reference.tag(), null) + pinned;
        }
        return manifest == null ? "none" : "oci-layout" + pinned;
    }

    /** What this run did. */
    Json.Obj environment(double seconds) {
        List<Json> layers = new ArrayList<>();
        for (Layer layer : build.layers()) {
            layers.add(Json.object()
                    .put("name", layer.name())
                    .put("reused", layer.reused())
                    .build());
        }
        Json.Builder image = Json.object().put("seconds", seconds).put("layers", layers);
        if (pushed != null) {
            image.put(
                    "pushed",
                    Json.object()
                            .put("reference", build.reference().toString())
                            .put("bytes", pushed.sent())
                            .put("uploaded", pushed.uploaded())
                            .put("present", pushed.present())
                            .build());
        }
        return Json.object()
                .put("image", image.build())
                .put("boot", boot.environment())
                .build();
    }
}
