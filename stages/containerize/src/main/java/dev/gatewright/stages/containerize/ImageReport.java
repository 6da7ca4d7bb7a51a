// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.evaluation.JudgedModel;
import dev.gatewright.stages.evaluation.ServedAnswers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image as a report and as {@code image.json} tell of it. */
final class ImageReport {
    static final String FORMAT = "gatewright-image/v1";

    private final PackedImage image;
    private final JudgedModel model;
    private final ContainerizeSection section;
    private final Boot boot;
    private final ServedAnswers.Judgement served;
    private final PackedImage.@Nullable Pushed pushed;

    ImageReport(
            PackedImage image,
            JudgedModel model,
            ContainerizeSection section,
            Boot boot,
            ServedAnswers.Judgement served,
            PackedImage.@Nullable Pushed pushed) {
        this.image = image;
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
            document.put("reference", image.reference() + "@" + pushed.manifest());
        }
        document.put("digest", image.digest().toString());
        image.place().members().forEach(document::put);
        return document.put("modelDigest", model.file().digest())
                .put("entrypoint", Json.texts(image.entrypoint()))
                .put("port", section.port())
                .build();
    }

    /** What the same inputs give everywhere, as far as the builder does. */
    Json.Obj facts() throws IOException {
        List<Json> layers = new ArrayList<>();
        for (PackedImage.Content layer : image.layers()) {
            Json.Builder told = Json.object()
                    .put("name", layer.name())
                    .put("digest", layer.digest().toString());
            layer.bytes().ifPresent(bytes -> told.put("bytes", bytes));
            layers.add(told.build());
        }
        Json.Builder facts = Json.object();
        served.facts().members().forEach(facts::put);
        return facts.put("judgedBy", model.judgedBy().spelling())
                .put(
                        "image",
                        Json.object()
                                .put("name", image.reference().toString())
                                .put("runtime", section.runtime().spelling())
                                .put("builder", section.builder().spelling())
                                .put("digest", image.digest().toString())
                                .put("platform", section.platform().spelling())
                                .put("base", image.base())
                                .put("bytes", image.bytes())
                                .put("layers", layers)
                                .build())
                .put("golden", boot.facts())
                .build();
    }

    /** What this run did. */
    Json.Obj environment(double seconds) {
        Json.Builder told = Json.object().put("seconds", seconds);
        image.environment().members().forEach(told::put);
        if (pushed != null) {
            told.put("pushed", pushed.facts());
        }
        return Json.object()
                .put("image", told.build())
                .put("boot", boot.environment())
                .build();
    }
}
