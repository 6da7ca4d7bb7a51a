// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON value. */
public sealed interface Json {
    /** The value {@code null}. */
    Json NULL = new Null();

    /** An object; members keep their order. */
    record Obj(Map<String, Json> members) implements Json {
        /** Keeps its own copy. */
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member {@code name}, unless it is absent or null. */
        public Optional<Json> get(String name) {
            Json value = members.get(name);
            return value == null || value instanceof Null ? Optional.empty() : Optional.of(value);
        }

        /** The text of member {@code name}; empty where it is absent or no text. */
        public Optional<String> text(String name) {
            return get(name).map(value -> value instanceof Text text ? text.value() : null);
        }

        /** The number of member {@code name}; empty where it is absent or no number. */
        public Optional<Double> number(String name) {
            return get(name).map(value -> value instanceof Num number ? number.value() : null);
        }

        /** The object of member {@code name}; an empty one where it is absent or no object. */
        public Obj object(String name) {
            return members.get(name) instanceof Obj object ? object : new Obj(Map.of());
        }

        /** The items of member {@code name}; none where it is absent or no array. */
        public List<Json> items(String name) {
            return members.get(name) instanceof Arr array ? array.items() : List.of();
        }

        /** Those items of member {@code name} that are objects. */
        public List<Obj> objects(String name) {
            List<Obj> objects = new ArrayList<>();
            for (Json item : items(name)) {
                if (item instanceof Obj object) {
                    objects.add(object);
                }
            }
            return objects;
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        /** Keeps its own copy. */
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Text(String value) implements Json {}

    /** A number, as JSON knows them: a double. NaN and infinities can be read where asked for, and are never written. */
    record Num(double value) implements Json {}

    /** A truth value. */
    record Bool(boolean value) implements Json {}

    /** Nothing. */
    record Null() implements Json {}

    /** A text, or null. */
    static Json of(@Nullable String value) {
        return value == null ? NULL : new Text(value);
    }

    /** A number; one that is not finite, which JSON cannot say, becomes null. */
    static Json of(double value) {
        return Double.isFinite(value) ? new Num(value) : NULL;
    }

    /** A count, which a double must hold exactly. */
    static Json of(long value) {
        if (value > 1L << 53 || value < -(1L << 53)) {
            throw new IllegalArgumentException(value + " is larger than JSON's numbers hold exactly");
        }
        return new Num(value);
    }

    /** A truth value. */
    static Json of(boolean value) {
        return new Bool(value);
    }

    /** An array of texts. */
    static Json texts(Collection<String> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(new Text(value)));
        return new Arr(items);
    }

    /** An object in the making. */
    static Builder object() {
        return new Builder();
    }

    /** Makes an object member by member. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        /** Sets a member. */
        public Builder put(String name, Json value) {
            members.put(name, value);
            return this;
        }

        /** Sets a member to a text, or to null. */
        public Builder put(String name, @Nullable String value) {
            return put(name, of(value));
        }

        /** Sets a member to a number; one that is not finite becomes null. */
        public Builder put(String name, double value) {
            return put(name, of(value));
        }

        /** Sets a member to a count. */
        public Builder put(String name, long value) {
            return put(name, of(value));
        }

        /** Sets a member to a truth value. */
        public Builder put(String name, boolean value) {
            return put(name, of(value));
        }

        /** Sets a member to an array. */
        public Builder put(String name, List<? extends Json> items) {
            return put(name, new Arr(List.copyOf(items)));
        }

        /** The object. */
        public Obj build() {
            return new Obj(members);
        }
    }
}
