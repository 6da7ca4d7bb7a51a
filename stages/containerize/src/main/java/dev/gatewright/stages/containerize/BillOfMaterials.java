// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.ModelSection;
import dev.gatewright.stages.evaluation.JudgedModel;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in the image, as CycloneDX 1.6 has it: the model as a machine-learning component with what was measured of it, the data
 * that it was measured on, and the layers. All of it is taken from the reports of the run; what was not measured is not in it. It
 * tells nothing that comes from time or memory, so that the same judgement gives the same document.
 */
final class BillOfMaterials {
    /** Its media type, by which registries and tools know it. */
    static final String MEDIA_TYPE = "application/vnd.cyclonedx+json";

    private static final String LICENSES = "org.opencontainers.image.licenses";

    private final PackedImage image;
    private final JudgedModel model;
    private final ContainerizeSection section;
    private final StageRequest request;

    BillOfMaterials(PackedImage image, JudgedModel model, ContainerizeSection section, StageRequest request) {
        this.image = image;
        this.model = model;
        this.section = section;
        this.request = request;
    }

    /** What differs from run to run, and stands beside the document. */
    static Map<String, String> annotations(StageRequest request) {
        return Map.of(
                ContainerizeSection.OWN_LABELS + "run",
                request.runId(),
                "org.opencontainers.image.created",
                request.clock().instant().toString());
    }

    Json.Obj document() {
        List<Json> components = new ArrayList<>();
        components.add(model());
        Set<Artifact> data = data();
        data.forEach(each -> components.add(data(each)));
        List<String> layers = new ArrayList<>();
        for (PackedImage.Content layer : image.layers()) {
            layers.add("layer-" + layer.name());
            components.add(component("file", "layer-" + layer.name(), layer.name())
                    .put("hashes", hashes(layer.digest().hex()))
                    .build());
        }
        List<String> needs = new ArrayList<>(List.of("model"));
        needs.addAll(layers);
        return Json.object()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.6")
                .put("version", 1)
                .put(
                        "metadata",
                        Json.object()
                                .put(
                                        "component",
                                        component(
                                                        "container",
                                                        "image",
                                                        image.reference().toString())
                                                .put("version", image.digest().toString())
                                                .put(
                                                        "hashes",
                                                        hashes(image.digest().hex()))
                                                .build())
                                .build())
                .put("components", components)
                .put(
                        "dependencies",
                        List.of(Json.object()
                                .put("ref", "image")
                                .put("dependsOn", Json.texts(needs))
                                .build()))
                .build();
    }

    private static Json.Builder component(String type, String reference, String name) {
        return Json.object().put("type", type).put("bom-ref", reference).put("name", name);
    }

    private static List<Json> hashes(String sha256) {
        return List.of(
                Json.object().put("alg", "SHA-256").put("content", sha256).build());
    }

    private Json model() {
        ModelSection spec = request.spec().model();
        List<Json> datasets = new ArrayList<>();
        data().forEach(each ->
                datasets.add(Json.object().put("ref", "data-" + each.name()).build()));
        Json.Builder parameters = Json.object().put("task", spec.task().spelling());
        if (!datasets.isEmpty()) {
            parameters.put("datasets", datasets);
        }
        Json.Builder component = component("machine-learning-model", "model", spec.name())
                .put("hashes", hashes(model.file().digest()))
                .put(
                        "modelCard",
                        Json.object()
                                .put("modelParameters", parameters.build())
                                .put(
                                        "quantitativeAnalysis",
                                        Json.object()
                                                .put("performanceMetrics", measured())
                                                .build())
                                .build());
        String licenses = section.labels().get(LICENSES);
        if (licenses != null) {
            component.put(
                    "licenses",
                    List.of(Json.object().put("expression", licenses).build()));
        }
        return component.build();
    }

    /** The report by which the model passed. */
    private Optional<Report> judgement() {
        return request.earlier().stream()
                .filter(report -> report.stage() == model.judgedBy())
                .findFirst();
    }

    /** The data that the model was judged on. */
    private Set<Artifact> data() {
        Set<Artifact> data = new LinkedHashSet<>();
        judgement()
                .ifPresent(report -> report.inputs().stream()
                        .filter(input -> !input.name().equals(ModelOfRun.NAME)
                                && request.spec().data().containsKey(input.name()))
                        .forEach(data::add));
        return data;
    }

    private static Json data(Artifact data) {
        return component("data", "data-" + data.name(), data.name())
                .put("hashes", hashes(data.sha256()))
                .put(
                        "data",
                        List.of(Json.object()
                                .put("type", "dataset")
                                .put("name", data.name())
                                .build()))
                .build();
    }

    /** What was measured of the model, with intervals where there are any, each quantity once. */
    private List<Json> measured() {
        Set<Json> measured = new LinkedHashSet<>();
        judgement().ifPresent(report -> {
            for (Json.Obj gate : report.document().objects("gates")) {
                if (isOfTheModel(gate) && gate.get("against").isEmpty()) {
                    gate.objects("findings").forEach(finding -> add(gate, finding, measured));
                }
            }
            for (Json.Obj metric : report.document().objects("metrics")) {
                if (isOfTheModel(metric)) {
                    add(metric, metric, measured);
                }
            }
        });
        return List.copyOf(measured);
    }

    private static boolean isOfTheModel(Json.Obj metric) {
        return metric.get("runTime").equals(Optional.of(new Json.Bool(false)));
    }

    private static void add(Json.Obj named, Json.Obj value, Set<Json> measured) {
        Optional<Double> number = value.number("value");
        Optional<String> name = named.text("metric");
        if (number.isEmpty() || name.isEmpty()) {
            return;
        }
        Json.Builder metric = Json.object().put("type", name.get()).put("value", Numbers.exact(number.get()));
        value.text("rows").ifPresent(rows -> metric.put("slice", rows));
        Json.Obj interval = value.object("interval");
        Optional<Double> low = interval.number("low");
        Optional<Double> high = interval.number("high");
        if (low.isPresent() && high.isPresent()) {
            metric.put(
                    "confidenceInterval",
                    Json.object()
                            .put("lowerBound", Numbers.exact(low.get()))
                            .put("upperBound", Numbers.exact(high.get()))
                            .build());
        }
        measured.add(metric.build());
    }
}
