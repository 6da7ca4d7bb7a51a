// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where two JSON documents differ, and what usually makes them differ there. */
public final class JsonDifference {
    /** Why a field of a judgement differs: the first that is the beginning of its path. */
    private static final List<Map.Entry<String, String>> REASONS = List.of(
            Map.entry("spec", "the specs differ, or were resolved with other settings or variables"),
            Map.entry("commit", "other commits were judged"),
            Map.entry("stage", "these are reports of different stages"),
            Map.entry("inputs", "other files were read"),
            Map.entry("outputs", "other files were written"),
            Map.entry("facts.model", "other models were judged"),
            Map.entry("facts.features", "other columns were fed to the model"),
            Map.entry("facts.batch", "other batches were run"),
            Map.entry("facts.onnxruntime", "other versions of ONNX Runtime ran"),
            Map.entry("facts.providers", "other devices ran the model"),
            Map.entry("facts.instructions", "processors of another kind ran the model"),
            Map.entry("facts.rows", "another number of rows was read"),
            Map.entry("facts.slices", "other rows were read"),
            Map.entry("facts.confusion", "the models answered differently"));

    private static final int LONGEST_VALUE = 120;
    private static final String NOTHING = "nothing";

    private JsonDifference() {}

    /** One line a difference; none where the documents are equal. */
    public static List<String> between(Json a, Json b) {
        List<String> lines = new ArrayList<>();
        compare("", a, b, lines);
        return lines;
    }

    private static void compare(String path, Json a, Json b, List<String> lines) {
        if (a.equals(b)) {
            return;
        }
        if (a instanceof Json.Obj first && b instanceof Json.Obj second) {
            compareMembers(path, path.isEmpty() ? "" : ".", "", first.members(), second.members(), lines);
            return;
        }
        if (a instanceof Json.Arr first && b instanceof Json.Arr second) {
            Optional<Map<String, Json>> ours = byName(first);
            Optional<Map<String, Json>> theirs = byName(second);
            if (ours.isPresent() && theirs.isPresent()) {
                int before = lines.size();
                compareMembers(path, "[", "]", ours.get(), theirs.get(), lines);
                if (lines.size() == before) {
                    lines.add(path + ": the same in another order" + reason(path));
                }
                return;
            }
            if (first.items().size() == second.items().size()) {
                for (int i = 0; i < first.items().size(); i++) {
                    compare(
                            path + "[" + i + "]",
                            first.items().get(i),
                            second.items().get(i),
                            lines);
                }
                return;
            }
        }
        lines.add((path.isEmpty() ? "the whole" : path) + ": " + shown(a) + " and " + shown(b) + reason(path));
    }

    private static void compareMembers(
            String path, String before, String after, Map<String, Json> a, Map<String, Json> b, List<String> lines) {
        Set<String> names = new LinkedHashSet<>(a.keySet());
        names.addAll(b.keySet());
        for (String name : names) {
            String inner = path + before + PlainText.line(name, PlainText.NAME) + after;
            compare(inner, a.getOrDefault(name, Json.NULL), b.getOrDefault(name, Json.NULL), lines);
        }
    }

    /** The items by their names, such as those of inputs, metrics and gates; empty where they have none that tell them apart. */
    private static Optional<Map<String, Json>> byName(Json.Arr array) {
        Map<String, Json> named = new LinkedHashMap<>();
        for (Json item : array.items()) {
            Optional<String> name = item instanceof Json.Obj object ? name(object) : Optional.empty();
            if (name.isEmpty() || named.put(name.get(), item) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(named);
    }

    private static Optional<String> name(Json.Obj object) {
        Optional<String> rows = object.text("rows").or(() -> object.text("slice"));
        return object.text("name")
                .or(() -> object.text("metric")
                        .map(metric -> metric + rows.map(of -> " " + of).orElse("")));
    }

    private static String shown(Json value) {
        return value instanceof Json.Null ? NOTHING : PlainText.line(JsonWriter.compact(value), LONGEST_VALUE);
    }

    private static String reason(String path) {
        for (Map.Entry<String, String> reason : REASONS) {
            String begins = reason.getKey();
            if (path.equals(begins) || path.startsWith(begins + ".") || path.startsWith(begins + "[")) {
                return " (" + reason.getValue() + ")";
            }
        }
        return "";
    }
}
