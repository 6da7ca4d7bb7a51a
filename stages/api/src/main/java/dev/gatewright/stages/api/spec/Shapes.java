// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes that sections are made of. */
public final class Shapes {
    private static final Map<String, Long> MILLISECONDS = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);

    /** Longer than any system takes. */
    private static final int LONGEST_PATH = 4096;

    private Shapes() {}

    /** Words: any value that is not empty, quoted or not. */
    public static Shape<String> text() {
        return scalar(
                "text", words().put("pattern", "\\S"), scalar -> scalar.text().isBlank() ? null : scalar.text());
    }

    /** A name: letters, digits, {@code .}, {@code _}, {@code -}; it starts with a letter or a digit. */
    public static Shape<String> name() {
        return scalar(
                "a name of letters, digits, '.', '_' and '-'",
                words().put("pattern", "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"),
                scalar -> isName(scalar.text()) ? scalar.text() : null);
    }

    /** Whether {@code text} is a {@link #name()}. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 100 || "._-".indexOf(text.charAt(0)) >= 0) {
            return false;
        }
        return text.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "._-".indexOf(c) >= 0);
    }

    /** A finite number. */
    public static Shape<Double> number() {
        return scalar("a number", Json.object().put("type", "number"), Shapes::numberOf);
    }

    /** A number strictly between {@code low} and {@code high}. */
    public static Shape<Double> numberBetween(double low, double high) {
        return scalar(
                "a number above " + Numbers.exact(low) + " and below " + Numbers.exact(high),
                Json.object().put("type", "number").put("exclusiveMinimum", low).put("exclusiveMaximum", high),
                scalar -> {
                    Double value = numberOf(scalar);
                    return value != null && value > low && value < high ? value : null;
                });
    }

    /** A whole number from {@code least} to {@code most}. */
    public static Shape<Long> count(long least, long most) {
        return scalar(
                "a whole number from " + least + " to " + most,
                Json.object().put("type", "integer").put("minimum", least).put("maximum", most),
                scalar -> {
                    Double value = numberOf(scalar);
                    if (value == null || value != Math.rint(value) || value < least || value > most) {
                        return null;
                    }
                    return value.longValue();
                });
    }

    /** {@code true} or {@code false}, without quotes. */
    public static Shape<Boolean> truth() {
        return scalar(
                "true or false",
                Json.object().put("type", "boolean"),
                scalar -> !scalar.plain()
                        ? null
                        : scalar.text().equals("true")
                                ? Boolean.TRUE
                                : scalar.text().equals("false") ? false : null);
    }

    /** One of several words; {@code values} by their spelling. */
    public static <T> Shape<T> oneOf(Map<String, T> values) {
        Map<String, T> known = new LinkedHashMap<>(values);
        return new Shape<>() {
            @Override
            public @Nullable T read(SpecNode node, Problems problems) {
                T value = node instanceof SpecNode.Scalar scalar ? known.get(scalar.text()) : null;
                if (value == null) {
                    String hint = node instanceof SpecNode.Scalar scalar
                            ? DidYouMean.nearest(scalar.text(), known.keySet())
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse("")
                            : "";
                    problems.add(
                            node.place(), node.kind() + " is not one of " + String.join(", ", known.keySet()) + hint);
                }
                return value;
            }

            @Override
            public Json schema() {
                List<Json> words = new ArrayList<>();
                for (String word : known.keySet()) {
                    words.add(Json.of(word));
                    // Without quotes, a word such as 0 is a number.
                    Numerals.read(word).ifPresent(number -> words.add(Json.of(number)));
                }
                return Json.object().put("enum", words).build();
            }
        };
    }

    /** One of the constants of an enum. */
    public static <T> Shape<T> oneOf(T[] constants, Function<T, String> spelling) {
        Map<String, T> values = new LinkedHashMap<>();
        for (T constant : constants) {
            values.put(spelling.apply(constant), constant);
        }
        return oneOf(values);
    }

    /** A length of time: {@code 500ms}, {@code 90s}, {@code 15m}, {@code 2h}. */
    public static Shape<Duration> duration() {
        return scalar(
                "a length of time such as 90s or 15m",
                Json.object().put("type", "string").put("pattern", "^[0-9]{1,9}(ms|s|m|h)$"),
                scalar -> durationOf(scalar.text()));
    }

    /** A path, taken from the spec's folder where it is relative. */
    public static Shape<Path> path() {
        return scalar("a path", words(), scalar -> pathOf(scalar.text()));
    }

    /** The path of a folder; {@code .} is the spec's own. */
    public static Shape<Path> folder() {
        return scalar(
                "a path of a folder",
                words(),
                scalar -> scalar.text().equals(".") ? Path.of("") : pathOf(scalar.text()));
    }

    /** A path that stays below the spec's folder. */
    public static Shape<Path> pathBelow() {
        return scalar("a path below the spec's folder", words(), scalar -> {
            Path path = pathOf(scalar.text());
            return path == null || path.isAbsolute() || path.startsWith("..") ? null : path;
        });
    }

    /** A list with at least one item; with {@code aloneToo} a single item may stand without the brackets. */
    public static <T> Shape<List<T>> listOf(Shape<T> item, boolean aloneToo) {
        return new Shape<>() {
            @Override
            public @Nullable List<T> read(SpecNode node, Problems problems) {
                if (!(node instanceof SpecNode.Sequence sequence)) {
                    if (aloneToo) {
                        T value = item.read(node, problems);
                        return value == null ? null : List.of(value);
                    }
                    problems.add(node.place(), "a list belongs here, not " + node.kind());
                    return null;
                }
                if (sequence.items().isEmpty()) {
                    problems.add(node.place(), "the list is empty; it needs at least one item");
                    return null;
                }
                List<T> values = new ArrayList<>();
                for (SpecNode child : sequence.items()) {
                    T value = item.read(child, problems);
                    if (value != null) {
                        values.add(value);
                    }
                }
                return values.size() == sequence.items().size() ? values : null;
            }

            @Override
            public Json schema() {
                Json list = Json.object()
                        .put("type", "array")
                        .put("items", item.schema())
                        .put("minItems", 1)
                        .build();
                return aloneToo
                        ? Json.object()
                                .put("anyOf", List.of(item.schema(), list))
                                .build()
                        : list;
            }
        };
    }

    /** A list that may have no items, or not be there at all. */
    public static <T> Shape<List<T>> listOrNothing(Shape<T> item) {
        Shape<List<T>> list = listOf(item, false);
        return new Shape<>() {
            @Override
            public @Nullable List<T> read(SpecNode node, Problems problems) {
                boolean isNothing = node instanceof SpecNode.Scalar scalar
                        ? scalar.isNull()
                        : node instanceof SpecNode.Sequence sequence
                                && sequence.items().isEmpty();
                return isNothing ? List.of() : list.read(node, problems);
            }

            @Override
            public boolean takesNothing() {
                return true;
            }

            @Override
            public Json schema() {
                Json any = Json.object()
                        .put("type", "array")
                        .put("items", item.schema())
                        .build();
                Json nothing = Json.object().put("type", "null").build();
                return Json.object().put("anyOf", List.of(any, nothing)).build();
            }
        };
    }

    /** A mapping from names of the author's choice. */
    public static <T> Shape<Map<String, T>> mapOf(String what, Shape<T> value) {
        return new Shape<>() {
            @Override
            public @Nullable Map<String, T> read(SpecNode node, Problems problems) {
                if (!(node instanceof SpecNode.Mapping mapping)) {
                    problems.add(node.place(), "a mapping from " + what + " belongs here, not " + node.kind());
                    return null;
                }
                Map<String, T> values = new LinkedHashMap<>();
                for (SpecNode.Entry entry : mapping.entries()) {
                    T read = value.read(entry.value(), problems);
                    if (read != null) {
                        values.put(entry.key(), read);
                    }
                }
                return values.size() == mapping.entries().size() ? values : null;
            }

            @Override
            public Json schema() {
                return Json.object()
                        .put("type", "object")
                        .put("additionalProperties", value.schema())
                        .build();
            }
        };
    }

    /** What {@code shape} reads, with its place. */
    public static <T> Shape<Placed<T>> placed(Shape<T> shape) {
        return new Shape<>() {
            @Override
            public @Nullable Placed<T> read(SpecNode node, Problems problems) {
                T value = shape.read(node, problems);
                return value == null ? null : new Placed<>(value, node.place());
            }

            @Override
            public Json schema() {
                return shape.schema();
            }
        };
    }

    /** The schema of what is read as it was written: a word without quotes may be a number or a truth value to a schema. */
    private static Json.Builder words() {
        return Json.object().put("type", Json.texts(List.of("string", "number", "boolean")));
    }

    private static <T> Shape<T> scalar(
            String expected, Json.Builder schema, Function<SpecNode.Scalar, @Nullable T> read) {
        Json published = schema.build();
        return new Shape<>() {
            @Override
            public @Nullable T read(SpecNode node, Problems problems) {
                T value = node instanceof SpecNode.Scalar scalar && !scalar.isNull() ? read.apply(scalar) : null;
                if (value == null) {
                    problems.add(node.place(), node.kind() + " is not " + expected);
                }
                return value;
            }

            @Override
            public Json schema() {
                return published;
            }
        };
    }

    private static @Nullable Double numberOf(SpecNode.Scalar scalar) {
        return scalar.plain() ? Numerals.read(scalar.text()).orElse(null) : null;
    }

    private static @Nullable Path pathOf(String text) {
        try {
            Path path = Path.of(text).normalize();
            return path.toString().isEmpty() || text.length() > LONGEST_PATH ? null : path;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable Duration durationOf(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        Long unit = MILLISECONDS.get(text.substring(digits));
        return digits == 0 || digits > 9 || unit == null
                ? null
                : Duration.ofMillis(Long.parseLong(text.substring(0, digits)) * unit);
    }
}
