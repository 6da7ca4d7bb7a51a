// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.ValueInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an ONNX model is, for people and for programs. */
public final class ModelPage {
    private static final int LONGEST_VALUE = 200;

    private final ModelFile file;
    private final ModelDescription model;

    /** The page of a model. */
    public ModelPage(ModelFile file) {
        this.file = file;
        this.model = file.description();
    }

    /** A fact a line. */
    public String text() {
        StringBuilder out = new StringBuilder();
        line(out, "file", file.path().toString());
        line(out, "digest", file.digest());
        line(
                out,
                "size",
                bytes(model.bytes())
                        + (file.files().size() > 1 ? " in " + file.files().size() + " files" : ""));
        line(
                out,
                "weights",
                String.format(
                        Locale.ROOT, "%,d numbers, %s in memory", model.parameters(), bytes(model.initializerBytes())));
        line(out, "made by", (model.producerName() + " " + model.producerVersion()).strip());
        line(out, "format", "ONNX, IR version " + model.irVersion());
        model.opsets()
                .forEach(opset -> line(
                        out, "opset", (opset.domain().isEmpty() ? "ai.onnx" : opset.domain()) + " " + opset.version()));
        model.inputs().forEach(input -> line(out, "input", shown(input)));
        model.outputs().forEach(output -> line(out, "output", shown(output)));
        model.operators()
                .forEach(operator -> line(
                        out,
                        "operator",
                        (operator.domain().isEmpty() ? "" : operator.domain() + ".") + operator.name() + " × "
                                + operator.count()));
        for (FileState part : file.files()) {
            if (file.files().size() > 1) {
                line(out, "file of it", part.path() + ", " + bytes(part.bytes()));
            }
        }
        model.metadata().forEach((key, value) -> line(out, "metadata", key + " = " + shortened(value)));
        return out.toString();
    }

    /** The same for programs. */
    public Json toJson() {
        Json.Builder metadata = Json.object();
        model.metadata().forEach(metadata::put);
        return Json.object()
                .put("path", file.path().toString())
                .put("digest", file.digest())
                .put("bytes", model.bytes())
                .put(
                        "files",
                        objects(file.files().stream()
                                .map(part -> Json.object()
                                        .put("path", part.path())
                                        .put("bytes", part.bytes())
                                        .build())
                                .toList()))
                .put("parameters", model.parameters())
                .put("initializerBytes", model.initializerBytes())
                .put("producer", model.producerName())
                .put("producerVersion", model.producerVersion())
                .put("irVersion", model.irVersion())
                .put(
                        "opsets",
                        objects(model.opsets().stream()
                                .map(opset -> Json.object()
                                        .put("domain", opset.domain())
                                        .put("version", opset.version())
                                        .build())
                                .toList()))
                .put("inputs", values(model.inputs()))
                .put("outputs", values(model.outputs()))
                .put(
                        "operators",
                        objects(model.operators().stream()
                                .map(operator -> Json.object()
                                        .put("domain", operator.domain())
                                        .put("name", operator.name())
                                        .put("count", operator.count())
                                        .build())
                                .toList()))
                .put("metadata", metadata.build())
                .build();
    }

    private static List<Json> values(List<ValueInfo> values) {
        return objects(values.stream()
                .map(value -> Json.object()
                        .put("name", value.name())
                        .put("type", value.type().toString())
                        .build())
                .toList());
    }

    private static List<Json> objects(List<Json.Obj> objects) {
        return new ArrayList<>(objects);
    }

    private static String shown(ValueInfo value) {
        return value.name() + "  " + value.type();
    }

    private static String bytes(long bytes) {
        String rounded = Figures.bytes((double) bytes);
        return bytes < 1024 ? rounded : String.format(Locale.ROOT, "%s (%,d bytes)", rounded, bytes);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    /** Names come from the model: what does not print is left out, so that they cannot move the terminal. */
    private static void line(StringBuilder out, String name, String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) || isFormat(c) ? '\uFFFD' : c));
        out.append(String.format("%-11s%s%n", name, safe));
    }

    private static boolean isFormat(int character) {
        return Character.getType(character) == Character.FORMAT || Character.getType(character) == Character.SURROGATE;
    }
}
