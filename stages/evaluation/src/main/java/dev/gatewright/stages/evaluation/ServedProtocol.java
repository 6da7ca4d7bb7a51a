// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.endpoint.Mapped;
import dev.gatewright.validation.endpoint.OpenInference;
import dev.gatewright.validation.endpoint.Predict;
import dev.gatewright.validation.endpoint.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a served model is asked, in the words of a spec; part of the sections that say where.
 *
 * @param model the name under which it is served; null: the spec's
 * @param mapping where inputs and outputs stand, for JSON of no protocol
 */
public record ServedProtocol(
        Kind kind, @Nullable String model, @Nullable Mapped mapping) {
    /** Asked by the Open Inference Protocol, under the spec's name. */
    public static final ServedProtocol USUAL = new ServedProtocol(Kind.V2, null, null);

    /** The protocols. */
    public enum Kind {
        /** The Open Inference Protocol. */
        V2("v2"),
        /** {@code :predict}. */
        V1("v1"),
        /** Other JSON. */
        MAPPING("mapping");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }

        /** As a spec and an {@code endpoint.json} write it. */
        public String spelling() {
            return spelling;
        }
    }

    private static final Key<Kind> PROTOCOL = Key.optional(
            "protocol",
            Shapes.oneOf(Kind.values(), Kind::spelling),
            "How it is asked: v2 (the Open Inference Protocol, the default), v1 (:predict), or mapping (other JSON).",
            "protocol: v2");
    private static final Key<String> MODEL = Key.optional(
            "model",
            Shapes.text(),
            "The name under which the model is served; the spec's unless said otherwise.",
            "model: digits");
    private static final Key<String> PATH = Key.optional(
            "path", Shapes.text(), "With protocol mapping: the path that rows are posted to.", "path: /predict");
    private static final Key<String> READY = Key.optional(
            "ready",
            Shapes.text(),
            "With protocol mapping: the path that answers 200 when the model can be asked.",
            "ready: /health");
    private static final Key<Map<String, List<String>>> REQUEST = Key.optional(
            "request",
            Shapes.mapOf("model inputs to JSON pointers", Shapes.listOf(Shapes.text(), true)),
            "With protocol mapping: where in the request the inputs of one row stand, by a JSON pointer an input, or one an element.",
            "request: {image: /instances/0/pixels}");
    private static final Key<Map<String, String>> ANSWER = Key.optional(
            "answer",
            Shapes.mapOf("model outputs to JSON pointers", Shapes.text()),
            "With protocol mapping: where in the answer the outputs stand, by JSON pointers.",
            "answer: {probabilities: /predictions/0}");

    /** The keys by which a section says it. */
    public static final List<Key<?>> KEYS = List.of(PROTOCOL, MODEL, PATH, READY, REQUEST, ANSWER);

    /** What {@code values}, of a section with {@link #KEYS}, say; null where they say it wrongly, which {@code problems} then has. */
    public static @Nullable ServedProtocol of(Values values, Problems problems) {
        Kind kind = values.get(PROTOCOL, Kind.V2);
        if (kind == Kind.MAPPING) {
            Mapped mapping = mapping(values, problems);
            return mapping == null ? null : new ServedProtocol(kind, values.get(MODEL), mapping);
        }
        for (Key<?> key : List.of(PATH, READY, REQUEST, ANSWER)) {
            if (values.has(key)) {
                problems.add(
                        values.place(key),
                        "protocol " + kind.spelling() + " says where everything stands; remove the key '" + key.name()
                                + "', or write protocol: mapping");
                return null;
            }
        }
        return new ServedProtocol(kind, values.get(MODEL), null);
    }

    private static @Nullable Mapped mapping(Values values, Problems problems) {
        for (Key<?> key : List.of(PATH, REQUEST, ANSWER)) {
            if (!values.has(key)) {
                problems.add(values.place(), "protocol mapping needs the key '" + key.name() + "'", key.example());
                return null;
            }
        }
        String path = values.get(PATH, "");
        String ready = values.get(READY);
        if (!isPath(path) || (ready != null && !isPath(ready))) {
            problems.add(
                    values.place(isPath(path) ? READY : PATH),
                    "a path on the server begins with a slash",
                    PATH.example());
            return null;
        }
        try {
            return new Mapped(path, ready, values.get(REQUEST, Map.of()), values.get(ANSWER, Map.of()));
        } catch (IllegalArgumentException e) {
            problems.add(values.place(REQUEST), String.valueOf(e.getMessage()), REQUEST.example());
            return null;
        }
    }

    private static boolean isPath(String path) {
        return path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
    }

    /** The protocol, by which the model of {@code spec} is asked. */
    public Protocol protocol(Spec spec) {
        return mapping != null
                ? mapping
                : protocol(kind, model == null ? spec.model().name() : model);
    }

    /** The protocol {@code kind}, which is not a mapping, for a model that is served as {@code model}. */
    public static Protocol protocol(Kind kind, String model) {
        return kind == Kind.V1 ? new Predict(model) : new OpenInference(model);
    }
}
