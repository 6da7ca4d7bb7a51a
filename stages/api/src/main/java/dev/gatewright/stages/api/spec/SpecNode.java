// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a spec as it was written, with its place. */
public sealed interface SpecNode {
    /** Where it starts. */
    Place place();

    /** What it is, in a word for a sentence. */
    String kind();

    /** The same as JSON: what the digest of a spec is taken of. */
    Json toJson();

    /**
     * One value.
     *
     * @param plain written without quotes, so that it may be a number, a truth value or null
     */
    record Scalar(String text, boolean plain, Place place) implements SpecNode {
        @Override
        public String kind() {
            String quote = plain ? "'" : "\"";
            return quote + (text.length() <= 60 ? text : text.substring(0, 57) + "...") + quote;
        }

        /** Whether it says nothing. */
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }

        @Override
        public Json toJson() {
            if (!plain) {
                return Json.of(text);
            }
            if (isNull()) {
                return Json.NULL;
            }
            if (text.equals("true") || text.equals("false")) {
                return Json.of(text.equals("true"));
            }
            // Only where it is the number's own spelling: 7 and 007 may be two classes, and must give two digests.
            return Numerals.read(text)
                    .map(number -> Json.of(number))
                    .filter(number -> JsonWriter.compact(number).equals(text))
                    .orElseGet(() -> Json.of(text));
        }
    }

    /** Several values in order. */
    record Sequence(List<SpecNode> items, Place place) implements SpecNode {
        /** Keeps its own copy. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public Json toJson() {
            List<Json> values = new ArrayList<>();
            items.forEach(item -> values.add(item.toJson()));
            return new Json.Arr(values);
        }
    }

    /** Named values. */
    record Mapping(List<Entry> entries, Place place) implements SpecNode {
        /** Keeps its own copy. */
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The value of {@code key}. */
        public Optional<SpecNode> get(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry.value());
                }
            }
            return Optional.empty();
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public Json toJson() {
            Json.Builder object = Json.object();
            entries.forEach(entry -> object.put(entry.key(), entry.value().toJson()));
            return object.build();
        }
    }

    /** A key with its value; {@code place} is the key's. */
    record Entry(String key, Place place, SpecNode value) {}
}
