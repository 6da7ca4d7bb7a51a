// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The image that a stage wrote, as a renderer reads it.
 *
 * @param judged what does not depend on the run
 * @param layers lowest first
 */
record ImageView(Json.Obj judged, List<Layer> layers, Json.Obj boot, Json.Obj pushed, Json.Obj golden) {
    /**
     * A layer.
     *
     * @param reused whether it was there from an earlier image
     */
    record Layer(String name, String digest, Optional<Double> bytes, boolean reused) {
        /** Whether it was written; only the engine that built an image knows that of its layers, and their sizes. */
        String told() {
            return bytes.isEmpty() ? "–" : reused ? "unchanged" : "new";
        }

        /** Its size. */
        String size() {
            return bytes.map(Figures::bytes).orElse("–");
        }
    }

    /** The image of a stage; empty where it wrote none. */
    static Optional<ImageView> of(Json.Obj document) {
        Json.Obj facts = document.object("facts");
        Json.Obj judged = facts.object("image");
        if (judged.text("digest").isEmpty()) {
            return Optional.empty();
        }
        Json.Obj environment = document.object("environment");
        List<Json.Obj> runs = environment.object("image").objects("layers");
        List<Layer> layers = new ArrayList<>();
        for (Json.Obj layer : judged.objects("layers")) {
            int at = layers.size();
            boolean reused = at < runs.size() && runs.get(at).get("reused").equals(Optional.of(new Json.Bool(true)));
            layers.add(new Layer(
                    layer.text("name").orElse("?"), layer.text("digest").orElse("?"), layer.number("bytes"), reused));
        }
        return Optional.of(new ImageView(
                judged,
                layers,
                environment.object("boot"),
                environment.object("image").object("pushed"),
                facts.object("golden")));
    }

    /** What it is called, and its digest: the one that a registry knows it by, or, built by an engine, the engine's own. */
    String name() {
        return judged.text("name").orElse("?")
                + (isOfAnEngine() ? ", " : "@")
                + judged.text("digest").orElse("?");
    }

    boolean isOfAnEngine() {
        return judged.text("builder").equals(Optional.of("docker"));
    }

    /** Where it went, how it was booted, in sentences. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add("for " + judged.text("platform").orElse("?") + ", upon "
                + judged.text("base").orElse("?") + ", "
                + (isOfAnEngine() ? Figures.count(layers.size()) + (layers.size() == 1 ? " layer, " : " layers, ") : "")
                + judged.number("bytes").map(Figures::bytes).orElse("?"));
        boot.text("how")
                .ifPresent(how -> sentences.add(how + ": ready after "
                        + boot.number("startMilliseconds")
                                .map(time -> Figures.duration(time / 1000))
                                .orElse("?") + ", "
                        + golden.number("rows").map(Figures::count).orElse("?") + " golden rows, "
                        + golden.number("wrong").map(Figures::count).orElse("?") + " answered otherwise"));
        pushed.text("reference")
                .ifPresent(reference -> sentences.add("pushed to " + reference
                        + pushed.text("digest").map(digest -> "@" + digest).orElse("")
                        + pushed.number("bytes")
                                .map(bytes -> ": " + Figures.bytes(bytes) + " sent, "
                                        + pushed.number("present")
                                                .map(Figures::count)
                                                .orElse("?")
                                        + " blobs were there")
                                .orElse("")));
        return sentences;
    }
}
