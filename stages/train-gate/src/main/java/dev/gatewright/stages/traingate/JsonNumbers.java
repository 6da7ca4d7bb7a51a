// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a JSON document: an object of numbers (one value each), an object of arrays (a value an epoch, as Keras'
 * history), or an array of objects (an object an epoch). Objects in objects give names with dots.
 *
 * <p>What is no number is remembered as such: a {@code null}, which pandas writes for NaN, must not hide an epoch.
 */
final class JsonNumbers {
    private static final int LONGEST_SHOWN = 60;

    private final Map<String, List<Double>> series = new LinkedHashMap<>();
    private final Map<String, String> unusable = new LinkedHashMap<>();
    /** By name the way to it: {@code a.b} may be a name, or b in a. */
    private final Map<String, String> ways = new HashMap<>();

    private JsonNumbers() {}

    static TrainingNumbers of(Json document) throws IOException {
        JsonNumbers numbers = new JsonNumbers();
        if (document instanceof Json.Obj object) {
            numbers.collect("", "", object);
        } else if (document instanceof Json.Arr array && isEpochs(array)) {
            numbers.collectEpochs("", "", array);
        } else {
            throw new IOException(
                    "it is " + kind(document) + "; expected an object of numbers, or a list of such objects");
        }
        return new TrainingNumbers(numbers.series, numbers.unusable);
    }

    private void collect(String prefix, String way, Json.Obj object) throws IOException {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            String name = prefix + member.getKey();
            String wayThere = way + "/" + member.getKey();
            Json value = member.getValue();
            if (value instanceof Json.Obj nested) {
                collect(name + ".", wayThere, nested);
            } else if (value instanceof Json.Arr array && isEpochs(array)) {
                collectEpochs(name + ".", wayThere, array);
            } else {
                add(name, wayThere, value);
            }
        }
    }

    private void collectEpochs(String prefix, String way, Json.Arr epochs) throws IOException {
        for (Json epoch : epochs.items()) {
            if (epoch instanceof Json.Obj object) {
                collect(prefix, way + "[]", object);
            }
        }
    }

    private void add(String name, String way, Json value) throws IOException {
        if (!way.equals(ways.computeIfAbsent(name, any -> way))) {
            throw new IOException("two of its numbers are called '" + shown(name) + "'");
        }
        if (value instanceof Json.Num number) {
            series.computeIfAbsent(name, any -> new ArrayList<>()).add(number.value());
        } else if (value instanceof Json.Arr array && !array.items().isEmpty()) {
            for (Json item : array.items()) {
                if (item instanceof Json.Num number) {
                    series.computeIfAbsent(name, any -> new ArrayList<>()).add(number.value());
                } else {
                    unusable.putIfAbsent(name, "has " + kind(item) + " among its values");
                }
            }
        } else {
            unusable.putIfAbsent(name, "is " + kind(value));
        }
    }

    private static boolean isEpochs(Json.Arr array) {
        return !array.items().isEmpty() && array.items().stream().allMatch(Json.Obj.class::isInstance);
    }

    private static String kind(Json value) {
        if (value instanceof Json.Text text) {
            return "the text \"" + shown(text.value()) + "\"";
        }
        if (value instanceof Json.Bool truth) {
            return Boolean.toString(truth.value());
        }
        if (value instanceof Json.Arr array) {
            return array.items().isEmpty() ? "an empty list" : "a list";
        }
        return value instanceof Json.Num ? "a number" : value instanceof Json.Obj ? "an object" : "null";
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
