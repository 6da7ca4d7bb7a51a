// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's own Dockerfile: the key {@code dockerfile}.
 *
 * @param path relative to the spec's folder, below {@code context}
 * @param context the folder that it copies from
 * @param model where in that folder it finds the model; the judged one is put there
 * @param modelAt where the model then lies in the image, an absolute path
 * @param arguments of the build
 */
record DockerfileSection(Placed<Path> path, Path context, Path model, String modelAt, Map<String, String> arguments) {
    private static final Key<Placed<Path>> PATH = Key.optional(
            "path",
            Shapes.placed(Shapes.path()),
            "The Dockerfile; Dockerfile in the context unless said otherwise.",
            "path: Dockerfile");
    private static final Key<Path> CONTEXT = Key.optional(
            "context",
            Shapes.folder(),
            "The folder that the Dockerfile copies from; the spec's unless said otherwise.",
            "context: .");
    private static final Key<Path> MODEL = Key.required(
            "model",
            Shapes.pathBelow(),
            "Where in the context the Dockerfile finds the model; the judged one is put there for the build.",
            "model: model.onnx");
    private static final Key<Placed<String>> MODEL_AT = Key.required(
            "model-at",
            Shapes.placed(Shapes.text()),
            "Where the model lies in the image; it is read back from there, and has to be the judged one.",
            "model-at: /srv/model.onnx");
    private static final Key<Map<String, String>> ARGUMENTS = Key.optional(
            "arguments",
            Shapes.mapOf("names to values", Shapes.text()),
            "Arguments of the build (ARG); everyone who has the image can read them.",
            "arguments: {BASE: python:3.12-slim}");

    static final Section<DockerfileSection> SHAPE =
            new Section<>("dockerfile", List.of(PATH, CONTEXT, MODEL, MODEL_AT, ARGUMENTS), DockerfileSection::make);

    private static @Nullable DockerfileSection make(Values values, Problems problems) {
        Placed<String> modelAt = values.need(MODEL_AT);
        String at = modelAt.value();
        if (!at.startsWith("/")
                || at.endsWith("/")
                || !at.equals(Path.of(at).normalize().toString())) {
            problems.add(
                    modelAt.place(), "'" + at + "' is no absolute path of a file in the image", MODEL_AT.example());
            return null;
        }
        Path context = values.get(CONTEXT, Path.of(""));
        Placed<Path> path = values.get(PATH);
        return new DockerfileSection(
                path == null ? new Placed<>(context.resolve("Dockerfile"), values.place()) : path,
                context,
                values.need(MODEL),
                at,
                values.get(ARGUMENTS, Map.of()));
    }
}
