// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An application of a few lines that serves the model with FastAPI: what a team would write, and may go on with. */
final class FastapiApp {
    private static final Pattern RUNTIME = Pattern.compile("onnxruntime-([0-9]+\\.[0-9]+\\.[0-9]+)\\.jar");
    private static final String MODEL = "model";

    private final ContainerizeSection section;
    private final String name;
    private final ModelFile model;
    private final Path folder;

    FastapiApp(ContainerizeSection section, String name, ModelFile model) {
        this.section = section;
        this.name = name;
        this.model = model;
        this.folder = Objects.requireNonNull(model.path().getParent());
    }

    /** Writes it, but for the model. */
    void write(Path into, Reference base, Installation.Part server) throws IOException {
        Map<String, String> values = Map.of(
                "base", base.toString(),
                "port", Integer.toString(section.port()),
                "onnxruntime", runtime(server));
        for (String file : List.of("Dockerfile", "requirements.txt", "app.py")) {
            String text = resource(file);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("@" + value.getKey() + "@", value.getValue());
            }
            Files.writeString(into.resolve(file), text);
        }
        Files.writeString(into.resolve("model.json"), JsonWriter.pretty(told()));
    }

    /** The version that judged is the one that serves. */
    private static String runtime(Installation.Part server) throws IOException {
        return server.classPath().stream()
                .map(part -> RUNTIME.matcher(String.valueOf(part.getFileName())))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> new IOException("this program lacks its server (lib/server)"));
    }

    private static String resource(String file) throws IOException {
        try (InputStream in = FastapiApp.class.getResourceAsStream("fastapi/" + file)) {
            if (in == null) {
                throw new IOException("this program lacks fastapi/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the application is told of the model. */
    private Json.Obj told() throws IOException {
        List<Json> files = new ArrayList<>();
        for (FileState file : model.files()) {
            files.add(Json.object()
                    .put("path", file.path())
                    .put(
                            "sha256",
                            Artifact.of(MODEL, folder.resolve(file.path()), folder)
                                    .sha256())
                    .build());
        }
        return Json.object()
                .put("name", name)
                .put("file", String.valueOf(model.path().getFileName()))
                .put("sha256", model.digest())
                .put("files", files)
                .build();
    }

    /** The model's files by their paths in the context. */
    Map<String, Path> modelFiles() {
        Map<String, Path> files = new LinkedHashMap<>();
        model.files().forEach(file -> files.put(MODEL + "/" + file.path(), folder.resolve(file.path())));
        return files;
    }

    /** Where the model's main file lies in the image. */
    String modelAt() {
        return "/srv/" + MODEL + "/" + model.path().getFileName();
    }
}
