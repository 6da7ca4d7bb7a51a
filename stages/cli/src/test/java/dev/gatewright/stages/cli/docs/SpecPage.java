// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.docs;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reference of the spec as a page, made from its JSON Schema: a table a section, in the order of the keys. */
final class SpecPage {
    private final StringBuilder out = new StringBuilder();
    private final Map<Json.Obj, String> sections = new LinkedHashMap<>();

    private SpecPage() {}

    static String of(Json.Obj schema) {
        SpecPage page = new SpecPage();
        page.out.append("""
                # The spec, key by key

                Made from the definitions that read a spec, and held equal to them by a test. A key in bold must be there. Any other key
                is refused.
                """);
        page.section("the spec", schema);
        return page.out.toString();
    }

    /** Writes the table of a section, then those of the sections in it; one that was written before is named only. */
    private void section(String path, Json.Obj schema) {
        sections.put(schema, path);
        List<String> required = texts(schema.items("required"));
        out.append("\n## ").append(path).append("\n\n| key | value | says |\n|---|---|---|\n");
        List<Runnable> inner = new ArrayList<>();
        schema.object("properties").members().forEach((key, value) -> {
            Json.Obj property = (Json.Obj) value;
            String name = required.contains(key) ? "**`" + key + "`**" : "`" + key + "`";
            out.append("| ").append(name).append(" | ").append(cell(value(property)));
            out.append(" | ").append(cell(property.text("description").orElse("")));
            String inside = path.equals("the spec") ? key : path + "." + key;
            Json.Obj nested = nested(property);
            if (nested != null && sections.containsKey(nested)) {
                out.append(" As [")
                        .append(sections.get(nested))
                        .append("](#")
                        .append(anchor(sections.get(nested)))
                        .append(").");
            } else if (nested != null) {
                inner.add(() -> section(inside + suffix(property), nested));
            }
            out.append(" |\n");
        });
        inner.forEach(Runnable::run);
    }

    /** The section that a value is made of; null where it is made of none. */
    private static Json.@org.jspecify.annotations.Nullable Obj nested(Json.Obj property) {
        if (!property.object("properties").members().isEmpty()) {
            Map<String, Json> members = new LinkedHashMap<>(property.members());
            members.remove("description");
            return new Json.Obj(members);
        }
        for (Json.Obj choice : property.objects("anyOf")) {
            Json.Obj found = nested(choice);
            if (found != null) {
                return found;
            }
        }
        for (String part : List.of("items", "additionalProperties")) {
            Json.Obj found = property.object(part).members().isEmpty() ? null : nested(property.object(part));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String suffix(Json.Obj property) {
        boolean mayBeNothing = property.objects("anyOf").stream()
                .anyMatch(choice -> choice.text("type").equals(Optional.of("null")));
        if (!property.object("items").members().isEmpty() || mayBeNothing) {
            return "[]";
        }
        return property.object("additionalProperties").members().isEmpty() ? "" : ".<name>";
    }

    /** What may stand there, in words. */
    private static String value(Json.Obj property) {
        if (!property.items("enum").isEmpty()) {
            return property.items("enum").stream()
                    .filter(Json.Text.class::isInstance)
                    .map(word -> "`" + ((Json.Text) word).value() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (property.get("const").isPresent()) {
            return "`" + JsonWriter.compact(property.get("const").orElseThrow()) + "`";
        }
        if (!property.objects("anyOf").isEmpty()) {
            return property.objects("anyOf").stream().map(SpecPage::value).collect(Collectors.joining(", or "));
        }
        if (!property.object("items").members().isEmpty()) {
            return "a list: " + value(property.object("items"));
        }
        if (!property.object("additionalProperties").members().isEmpty()) {
            return "names to: " + value(property.object("additionalProperties"));
        }
        return switch (property.text("type").orElse("text")) {
            case "object" -> "a section";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "`true`, `false`";
            case "null" -> "nothing";
            case "string" -> "a length of time";
            default -> "text";
        };
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9 _-]", "")
                .replace(' ', '-');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static List<String> texts(List<Json> items) {
        return items.stream().map(item -> ((Json.Text) item).value()).toList();
    }
}
