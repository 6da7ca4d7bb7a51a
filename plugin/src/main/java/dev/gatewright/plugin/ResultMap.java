// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a result what a sandboxed script may read and a build may save: the maps, lists and values of the JDK. */
final class ResultMap {
    private ResultMap() {}

    static Map<String, @Nullable Object> of(Json.Obj object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.members().forEach((name, value) -> map.put(name, value(value)));
        return map;
    }

    private static @Nullable Object value(Json value) {
        if (value instanceof Json.Obj object) {
            return of(object);
        }
        if (value instanceof Json.Arr array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.items().forEach(item -> list.add(value(item)));
            return list;
        }
        if (value instanceof Json.Text text) {
            return text.value();
        }
        if (value instanceof Json.Num number) {
            return number.value();
        }
        return value instanceof Json.Bool bool ? (Object) bool.value() : null;
    }
}
