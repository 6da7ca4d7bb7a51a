// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where two JSON documents differ, and what usually makes them differ there. */
public final class JsonDifference {
    /** Why a field of a judgement differs, by the beginning of its path. */
    private static final Map<String, String> REASONS = Map.of(
            "spec", "the specs differ, or were resolved with other settings or variables",
            "commit", "other commits were judged",
            "inputs", "other files were read",
            "outputs", "other files were written",
            "facts.onnxruntime", "other versions of ONNX Runtime ran",
            "facts.providers", "other devices ran the model",
            "facts.instructions", "processors of another kind ran the model",
            "facts.rows", "another number of rows was read");

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
            Set<String> names = new LinkedHashSet<>(first.members().keySet());
            names.addAll(second.members().keySet());
            for (String name : names) {
                compare(
                        path.isEmpty() ? name : path + "." + name,
                        first.members().getOrDefault(name, Json.NULL),
                        second.members().getOrDefault(name, Json.NULL),
                        lines);
            }
        } else if (a instanceof Json.Arr first
                && b instanceof Json.Arr second
                && first.items().size() == second.items().size()) {
            for (int i = 0; i < first.items().size(); i++) {
                compare(
                        path + "[" + i + "]",
                        first.items().get(i),
                        second.items().get(i),
                        lines);
            }
        } else {
            lines.add(path + ": " + JsonWriter.compact(a) + " and " + JsonWriter.compact(b) + reason(path));
        }
    }

    private static String reason(String path) {
        for (Map.Entry<String, String> reason : REASONS.entrySet()) {
            if (path.startsWith(reason.getKey())) {
                return " (" + reason.getValue() + ")";
            }
        }
        return "";
    }
}
