// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(longs = {(1L << 53) + 1, -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesCountsThatADoubleDoesNotHold(long count) {
        assertThatThrownBy(() -> Json.of(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(count + " is larger than JSON's numbers hold exactly");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 53, -(1L << 53), 0, 42})
    void takesCountsThatADoubleHolds(long count) {
        assertThat(JsonWriter.compact(Json.of(count))).isEqualTo(Long.toString(count));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void saysNullForNumbersThatJsonCannotSay(double value) {
        assertThat(Json.of(value)).isEqualTo(Json.NULL);
    }

    @Test
    void givesMembersOnlyOfTheKindThatIsAskedFor() {
        Json.Obj object = Json.object()
                .put("text", "a")
                .put("number", 1.5)
                .put("object", Json.object().put("in", true).build())
                .put("list", List.of(Json.of(1L), Json.object().build()))
                .put("nothing", (String) null)
                .build();

        assertThat(object.text("text")).contains("a");
        assertThat(object.text("number")).isEmpty();
        assertThat(object.text("nothing")).isEmpty();
        assertThat(object.text("absent")).isEmpty();
        assertThat(object.number("number")).contains(1.5);
        assertThat(object.number("text")).isEmpty();
        assertThat(object.get("nothing")).isEmpty();
        assertThat(object.object("object").get("in")).contains(new Json.Bool(true));
        assertThat(object.object("text").members()).isEmpty();
        assertThat(object.items("list")).hasSize(2);
        assertThat(object.items("text")).isEmpty();
        assertThat(object.objects("list")).containsExactly(Json.object().build());
    }

    @Test
    void keepsItsOwnCopy() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("a", Json.of(1L));
        Json.Obj object = new Json.Obj(members);
        members.put("b", Json.of(2L));

        assertThat(object.members()).containsOnlyKeys("a");
        assertThatThrownBy(() -> object.members().put("c", Json.NULL))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void writesForPeople() {
        Json value = Json.object()
                .put("short", Json.texts(List.of("a", "b")))
                .put("empty", new Json.Obj(Map.of()))
                .put("none", List.of())
                .put("objects", List.of(Json.object().put("a", 1L).build()))
                .put("long", Json.texts(List.of("x".repeat(60), "y".repeat(60))))
                .build();

        assertThat(JsonWriter.pretty(value)).isEqualTo("""
                {
                  "short": ["a","b"],
                  "empty": {},
                  "none": [],
                  "objects": [
                    {
                      "a": 1
                    }
                  ],
                  "long": [
                    "%s",
                    "%s"
                  ]
                }
                """.formatted("x".repeat(60), "y".repeat(60)));
    }
}
