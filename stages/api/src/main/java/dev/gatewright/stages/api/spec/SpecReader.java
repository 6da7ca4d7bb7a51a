// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a spec: parses it, replaces settings and variables, and checks it against the shapes of all its parts. */
public final class SpecReader {
    /** The name of a spec where a folder is given. */
    public static final String FILE_NAME = "gatewright.yaml";

    private final List<Stage<?>> stages;
    private final Variables.Source variables;

    /** A reader that knows {@code stages}; in whichever order they were found, they are told in the one in which they run. */
    public SpecReader(List<Stage<?>> stages, Variables.Source variables) {
        this.stages = stages.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
        this.variables = variables;
    }

    /**
     * Reads the spec at {@code path}, a file or a folder with a {@value #FILE_NAME}.
     *
     * @param settings the command line's {@code key=value}, applied in order
     * @throws InvalidRequestException with all that is wrong, if anything is
     */
    public Spec read(Path path, List<String> settings) {
        Problems problems = new Problems();
        Path file = Files.isDirectory(path) ? path.resolve(FILE_NAME) : path;
        Optional<SpecNode> written = text(file, problems).flatMap(text -> YamlReader.read(text, name(file), problems));
        problems.refuseIfAny();
        SpecNode document = new Variables(variables, problems)
                .replace(new Settings(problems).apply(written.orElseThrow(), settings));
        problems.refuseIfAny();
        Document read = document().read(document, problems);
        problems.refuseIfAny();
        if (read == null) {
            throw new IllegalStateException("a spec without a problem was not read");
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElseThrow(() -> new IllegalStateException("a file lies in a folder"));
        return new Spec(
                file,
                folder,
                read.model(),
                read.data(),
                read.baseline(),
                read.teacher(),
                read.device(),
                read.stages(),
                CanonicalJson.sha256(document.toJson()),
                document);
    }

    /** The JSON Schema of a whole spec. */
    public Json schema() {
        Json.Builder schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "gatewright.yaml, version 1");
        if (document().schema() instanceof Json.Obj object) {
            object.members().forEach(schema::put);
        }
        return schema.build();
    }

    private record Document(
            ModelSection model,
            Map<String, DataSection> data,
            BaselineSection baseline,
            @Nullable TeacherSection teacher,
            Spec.Device device,
            List<StagePlan<?>> stages) {}

    private Section<Document> document() {
        Key<Integer> version =
                Key.required("gatewright", new VersionShape(), "The version of the spec's format.", "gatewright: 1");
        Key<ModelSection> model =
                Key.required("model", ModelSection.SHAPE, "What is judged.", "model: {name: …, task: …, path: …}");
        Key<Map<String, DataSection>> data = Key.optional(
                "data",
                Shapes.mapOf("names to data sets", DataSection.SHAPE),
                "The labelled data sets, by name.",
                "data: {holdout: {path: …, label: …, features: {…}}}");
        Key<BaselineSection> baseline = Key.optional(
                "baseline", BaselineSection.SHAPE, "What a candidate is compared with.", "baseline: {policy: none}");
        Key<TeacherSection> teacher = Key.optional(
                "teacher",
                TeacherSection.SHAPE,
                "The model that the candidate was distilled from; gates compare with it by against: teacher.",
                "teacher: {path: teacher/model.onnx, digest: …}");
        Key<Spec.Device> device = Key.optional(
                "device",
                Shapes.oneOf(Spec.Device.values(), Spec.Device::spelling),
                "Where the model runs; anything but auto is a demand.",
                "device: cpu");
        Key<List<StagePlan<?>>> plans = Key.required(
                "stages", new StagesShape(stages), "The stages and their gates.", "stages: {evaluate-metrics: {…}}");
        return new Section<>(
                "a spec", List.of(version, model, data, baseline, teacher, device, plans), (values, problems) -> {
                    Map<String, DataSection> sets = values.get(data, Map.of());
                    sets.values()
                            .forEach(set -> set.label().fits(values.need(model).task(), problems));
                    return new Document(
                            values.need(model),
                            sets,
                            values.get(baseline, BaselineSection.none(values.place())),
                            values.get(teacher),
                            values.get(device, Spec.Device.AUTO),
                            values.need(plans));
                });
    }

    private static Optional<String> text(Path file, Problems problems) {
        Place start = new Place(name(file), 1, 1);
        try {
            if (!Files.isRegularFile(file)) {
                problems.add(
                        start, "there is no such file; `gatewright init` writes a spec from a model and a data file");
                return Optional.empty();
            }
            // Four bytes a character at most: what is larger has too many characters in any case.
            if (Files.size(file) > 4L * YamlReader.LARGEST) {
                problems.add(start, "the file has more than " + 4L * YamlReader.LARGEST + " bytes");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problems.add(start, "the file is not UTF-8");
        } catch (IOException e) {
            problems.add(start, "the file cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static String name(Path file) {
        return file.toString();
    }

    /** The one version of the format that there is. */
    private record VersionShape() implements Shape<Integer> {
        @Override
        public @Nullable Integer read(SpecNode node, Problems problems) {
            if (node instanceof SpecNode.Scalar scalar
                    && scalar.plain()
                    && scalar.text().equals("1")) {
                return 1;
            }
            problems.add(
                    node.place(),
                    "this program reads version 1 of the format, and this is " + node.kind()
                            + "; a newer version needs a newer program",
                    "gatewright: 1");
            return null;
        }

        @Override
        public Json schema() {
            return Json.object().put("const", 1).build();
        }
    }

    /** The stages by name; those that this program does not have are named. */
    private record StagesShape(List<Stage<?>> stages) implements Shape<List<StagePlan<?>>> {
        @Override
        public @Nullable List<StagePlan<?>> read(SpecNode node, Problems problems) {
            return StagesReader.read(stages, node, problems);
        }

        @Override
        public Json schema() {
            Json.Builder properties = Json.object();
            stages.forEach(stage ->
                    properties.put(stage.name().spelling(), stage.shape().schema()));
            return Json.object()
                    .put("type", "object")
                    .put("properties", properties.build())
                    .put("minProperties", 1)
                    .put("additionalProperties", false)
                    .build();
        }
    }
}
