// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mapping with known keys; any other key is refused, with the key that was most likely meant. */
public final class Section<T> implements Shape<T> {
    private final String name;
    private final List<Key<?>> keys;
    private final Maker<T> maker;

    /** Makes the value of a section from those of its keys. */
    public interface Maker<T> {
        /** The value; null where the keys do not fit together, and then {@code problems} say why. */
        @Nullable
        T make(Values values, Problems problems);
    }

    /** A section with {@code keys}; {@code name} is what sentences call it, such as "a gate". */
    public Section(String name, List<Key<?>> keys, Maker<T> maker) {
        this.name = name;
        this.keys = List.copyOf(keys);
        this.maker = maker;
    }

    /** Its keys, in the order in which they are documented. */
    public List<Key<?>> keys() {
        return keys;
    }

    @Override
    public @Nullable T read(SpecNode node, Problems problems) {
        if (!(node instanceof SpecNode.Mapping mapping)) {
            problems.add(node.place(), name + " is a mapping, but here stands " + node.kind(), example());
            return null;
        }
        Map<String, Place> places = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        boolean complete = true;
        for (SpecNode.Entry entry : mapping.entries()) {
            places.put(entry.key(), entry.place());
            Optional<Key<?>> key = key(entry.key());
            Object value = null;
            if (key.isEmpty()) {
                unknown(entry, problems);
            } else if (isEmpty(entry.value()) && !key.get().shape().takesNothing()) {
                problems.add(
                        entry.place(), entry.key() + " has no value", key.get().example());
            } else {
                value = key.get().shape().read(entry.value(), problems);
            }
            if (value == null) {
                complete = false;
            } else {
                values.put(entry.key(), value);
            }
        }
        for (Key<?> key : keys) {
            if (key.required() && !places.containsKey(key.name())) {
                problems.add(mapping.place(), name + " needs the key '" + key.name() + "'", key.example());
                complete = false;
            }
        }
        return complete ? maker.make(new Values(mapping.place(), places, values), problems) : null;
    }

    @Override
    public Json schema() {
        Json.Builder properties = Json.object();
        List<String> required = new ArrayList<>();
        for (Key<?> key : keys) {
            Json.Builder property = Json.object().put("description", key.description());
            if (key.shape().schema() instanceof Json.Obj schema) {
                schema.members().forEach(property::put);
            }
            properties.put(key.name(), property.build());
            if (key.required()) {
                required.add(key.name());
            }
        }
        Json.Builder schema = Json.object().put("type", "object").put("properties", properties.build());
        if (!required.isEmpty()) {
            schema.put("required", Json.texts(required));
        }
        return schema.put("additionalProperties", false).build();
    }

    private void unknown(SpecNode.Entry entry, Problems problems) {
        List<String> known = keys.stream().map(Key::name).toList();
        String write = DidYouMean.nearest(entry.key(), known)
                .flatMap(this::key)
                .map(Key::example)
                .orElse(null);
        problems.add(
                entry.place(), name + " has no key '" + entry.key() + "'" + DidYouMean.hint(entry.key(), known), write);
    }

    private Optional<Key<?>> key(String word) {
        for (Key<?> key : keys) {
            if (key.name().equals(word)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private @Nullable String example() {
        return keys.isEmpty() ? null : keys.get(0).example();
    }

    private static boolean isEmpty(SpecNode node) {
        return node instanceof SpecNode.Scalar scalar && scalar.isNull();
    }
}
