// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.testkit.Gen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random specs as JSON, which is YAML too: right ones, and ones with a mistake. */
final class SpecDocuments {
    private SpecDocuments() {}

    /** A spec without a mistake, for the stages of {@link Specs}. */
    static Json.Obj valid(Gen gen) {
        String task = gen.oneOf("binary-classification", "multiclass-classification", "regression");
        Json.Builder model =
                Json.object().put("name", gen.oneOf("m", "digits-2", "a.b_c")).put("task", task);
        if (!task.equals("regression")) {
            model.put("classes", List.of(word(gen, "no"), Json.of("yes")));
        }
        if (task.startsWith("binary")) {
            maybe(gen, model, "positive", Json.of("yes"));
        }
        maybe(gen, model, "path", word(gen, "build/model.onnx"));
        maybe(gen, model, "scores", word(gen, "probabilities"));
        maybe(gen, model, "scores-are", Json.of(gen.oneOf("probabilities", "logits")));
        Json.Builder spec = Json.object().put("gatewright", 1L).put("model", model.build());
        if (gen.chance(0.7)) {
            Json.Builder data = Json.object();
            gen.listOf(gen.integer(1, 3), () -> gen.oneOf("holdout", "other", "third"))
                    .forEach(name -> data.put(name, dataSet(gen)));
            spec.put("data", data.build());
        }
        if (gen.chance(0.5)) {
            spec.put(
                    "baseline",
                    gen.chance(0.5)
                            ? Json.object().put("policy", "none").build()
                            : Json.object()
                                    .put("policy", "pinned")
                                    .put("path", "a.onnx")
                                    .put("digest", "0123456789abcdef".repeat(4))
                                    .build());
        }
        maybe(gen, spec, "device", Json.of(gen.oneOf("auto", "cpu", "cuda", "tensorrt")));
        Json.Builder stages = Json.object();
        Json.Builder evaluate = Json.object();
        maybe(gen, evaluate, "data", Json.of("holdout"));
        maybe(gen, evaluate, "gates", new Json.Arr(gen.listOf(gen.integer(1, 3), () -> gate(gen))));
        stages.put("evaluate-metrics", evaluate.build());
        maybe(
                gen,
                stages,
                "train-gate",
                Json.object().put("run", "python train.py").build());
        return spec.put("stages", stages.build()).build();
    }

    private static Json dataSet(Gen gen) {
        Json.Builder data = Json.object().put("path", word(gen, "data/holdout.csv"));
        data.put(
                "label",
                gen.chance(0.5)
                        ? word(gen, "y")
                        : Json.object()
                                .put("column", "y")
                                .put("as", gen.oneOf("name", "index"))
                                .build());
        Json columns = gen.chance(0.5) ? word(gen, "pixel_*") : new Json.Arr(List.of(word(gen, "a"), Json.of("b")));
        data.put("features", Json.object().put("image", columns).build());
        maybe(gen, data, "slices", Json.texts(List.of("writer")));
        maybe(gen, data, "missing", Json.of(gen.oneOf("refuse", "nan")));
        return data.build();
    }

    private static Json gate(Gen gen) {
        Json.Builder gate = Json.object().put("metric", gen.oneOf("accuracy", "f1", "what"));
        gate.put(gen.oneOf("min", "suspicious-below", "min-improvement"), gen.integer(-100, 100) / 100.0);
        maybe(gen, gate, "average", Json.of(gen.oneOf("binary", "macro")));
        maybe(gen, gate, "class", word(gen, "yes"));
        maybe(gen, gate, "threshold", Json.of(gen.integer(1, 99) / 100.0));
        maybe(gen, gate, "zero-division", gen.oneOf(Json.of("skip"), Json.of("0"), Json.of(0L), Json.of(1L)));
        maybe(gen, gate, "confidence", Json.of(gen.integer(1, 99) / 100.0));
        maybe(gen, gate, "slice", word(gen, "writer"));
        maybe(gen, gate, "correction", Json.of(gen.oneOf("holm", "none")));
        maybe(gen, gate, "min-samples", Json.of((long) gen.integer(1, 1000)));
        maybe(gen, gate, "on-failure", Json.of(gen.oneOf("block", "warn", "approve")));
        return gate.build();
    }

    /** {@code word}, or another value that YAML reads as a word where one is wanted. */
    private static Json word(Gen gen, String word) {
        return gen.oneOf(Json.of(word), Json.of(word), Json.of((long) gen.integer(0, 9)), Json.of(true), Json.of(0.5));
    }

    private static void maybe(Gen gen, Json.Builder object, String key, Json value) {
        if (gen.chance(0.4)) {
            object.put(key, value);
        }
    }

    /** The same with one random value replaced by any other, one member left out, or one added. */
    static Json changed(Gen gen, Json value, boolean root) {
        if (value instanceof Json.Obj object && !object.members().isEmpty() && (root || gen.chance(0.8))) {
            Map<String, Json> members = new LinkedHashMap<>(object.members());
            String name = gen.oneOf(new ArrayList<>(members.keySet()));
            switch (gen.integer(0, 7)) {
                case 0 -> members.remove(name);
                case 1 -> members.put(gen.oneOf("surprise", "min", "path", "data", "missing"), anything(gen));
                default -> members.put(name, changed(gen, members.get(name), false));
            }
            return new Json.Obj(members);
        }
        if (value instanceof Json.Arr array && !array.items().isEmpty() && gen.chance(0.8)) {
            List<Json> items = new ArrayList<>(array.items());
            int index = gen.integer(0, items.size() - 1);
            items.set(index, changed(gen, items.get(index), false));
            return new Json.Arr(items);
        }
        return anything(gen);
    }

    private static Json anything(Gen gen) {
        return gen.oneOf(List.of(
                Json.NULL,
                Json.of(true),
                Json.of(0L),
                Json.of(1L),
                Json.of(-1.5),
                Json.of(1e300),
                Json.of(""),
                Json.of(" "),
                Json.of("~"),
                Json.of("null"),
                Json.of("1"),
                Json.of("cpu"),
                Json.of("macro"),
                Json.of("../x"),
                new Json.Arr(List.of()),
                new Json.Arr(List.of(Json.of("a"))),
                new Json.Arr(List.of(Json.NULL)),
                Json.object().build(),
                Json.object().put("metric", "accuracy").put("min", 0.5).build()));
    }
}
