// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers that a training wrote, by name, each with its values over the epochs in order.
 *
 * @param series one or more values of each name
 * @param unusable names under which something else stands, with what it is: {@code "is the text \"0.3\""}
 */
record TrainingNumbers(Map<String, List<Double>> series, Map<String, String> unusable) {
    /** How many values of a name, and how many names, a report shows. */
    static final int MOST_SHOWN = 1000;

    /** Keeps its own copies. */
    TrainingNumbers {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        series.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        series = Collections.unmodifiableMap(copy);
        unusable = Collections.unmodifiableMap(new LinkedHashMap<>(unusable));
    }

    /** No numbers at all. */
    static TrainingNumbers none() {
        return new TrainingNumbers(Map.of(), Map.of());
    }

    /** The most values that a name has. */
    int epochs() {
        return series.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * The numbers as a report shows them; what is not finite, which JSON cannot say, is null. Of a long series stand evenly
     * chosen values, the first and the last among them.
     *
     * @param first the names that are shown in any case
     */
    Json.Obj toJson(Collection<String> first) {
        Set<String> names = new LinkedHashSet<>(first);
        names.addAll(series.keySet());
        names.retainAll(series.keySet());
        Json.Builder json = Json.object();
        names.stream().limit(MOST_SHOWN).forEach(name -> {
            List<Double> values = series.getOrDefault(name, List.of());
            json.put(name, shown(values).stream().map(Json::of).toList());
        });
        return json.build();
    }

    private static List<Double> shown(List<Double> values) {
        if (values.size() <= MOST_SHOWN) {
            return values;
        }
        List<Double> shown = new ArrayList<>();
        for (int i = 0; i < MOST_SHOWN; i++) {
            shown.add(values.get((int) ((long) i * (values.size() - 1) / (MOST_SHOWN - 1))));
        }
        return shown;
    }
}
