// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.config;

import dev.gatewright.stages.api.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The members of an object in the configuration; what is wrong with them is noted, each with its place. */
final class Members {
    private final String place;
    private final Map<String, Json> members;
    private final Set<String> unread;
    private final List<String> problems;

    Members(String place, Json.Obj object, List<String> problems) {
        this.place = place;
        this.members = object.members();
        this.unread = new TreeSet<>(members.keySet());
        this.problems = problems;
    }

    /** The object {@code name}, if it is there. */
    Optional<Members> object(String name) {
        return take(name).flatMap(value -> {
            if (value instanceof Json.Obj object) {
                return Optional.of(new Members(at(name), object, problems));
            }
            problem(name, "an object is expected");
            return Optional.empty();
        });
    }

    /** The items of the array {@code name}; none where it is not there. */
    List<Json> items(String name) {
        return take(name)
                .map(value -> {
                    if (value instanceof Json.Arr array) {
                        return array.items();
                    }
                    problem(name, "an array is expected");
                    return List.<Json>of();
                })
                .orElse(List.of());
    }

    /** The text {@code name}, if it is there. */
    Optional<String> text(String name) {
        return take(name).flatMap(value -> {
            if (value instanceof Json.Text text && !text.value().isEmpty()) {
                return Optional.of(text.value());
            }
            problem(name, "a text is expected");
            return Optional.empty();
        });
    }

    /** The text {@code name}, which has to be there. */
    String needed(String name, String example) {
        boolean there = members.containsKey(name);
        Optional<String> text = text(name);
        if (!there) {
            problem(name, "it is missing; write for example \"" + name + "\": \"" + example + "\"");
        }
        return text.orElse("");
    }

    /** The whole number {@code name}. */
    long number(String name, long otherwise, long least, long most) {
        Optional<Json> value = take(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Json.Num number
                && number.value() == StrictMath.rint(number.value())
                && number.value() >= least
                && number.value() <= most) {
            return (long) number.value();
        }
        problem(name, "a whole number from " + least + " to " + most + " is expected");
        return otherwise;
    }

    /** The truth value {@code name}. */
    boolean truth(String name, boolean otherwise) {
        Optional<Json> value = take(name);
        if (value.isPresent() && value.get() instanceof Json.Bool bool) {
            return bool.value();
        }
        if (value.isPresent()) {
            problem(name, "true or false is expected");
        }
        return otherwise;
    }

    /** Notes what is wrong with member {@code name}. */
    void problem(String name, String what) {
        problems.add(at(name) + ": " + what);
    }

    /** Notes the members that nobody has asked for. */
    void refuseOthers() {
        unread.forEach(name -> problem(name, "there is no such member"));
    }

    private Optional<Json> take(String name) {
        unread.remove(name);
        return Optional.ofNullable(members.get(name));
    }

    private String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }
}
