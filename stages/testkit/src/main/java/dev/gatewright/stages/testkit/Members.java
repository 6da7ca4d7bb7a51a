// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The members of one object: each is asked for by its name and kind, and those that nobody asked for are wrong. */
final class Members {
    private final Json.Obj object;
    private final String place;
    private final List<String> violations;
    private final Set<String> known = new HashSet<>();

    /** The members of {@code object}, which stands at {@code place} of the document; what is wrong goes to {@code violations}. */
    Members(Json.Obj object, String place, List<String> violations) {
        this.object = object;
        this.place = place;
        this.violations = violations;
    }

    Json.Obj object() {
        return object;
    }

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    void optional(String name, Runnable check) {
        if (has(name)) {
            check.run();
        }
    }

    void text(String name) {
        require(name, object.text(name).isPresent());
    }

    void text(String name, Predicate<String> holds) {
        require(name, object.text(name).filter(holds).isPresent());
    }

    Optional<String> textOrNull(String name, Predicate<String> holds) {
        require(name, has(name));
        if (object.get(name).isPresent()) {
            text(name, holds);
        }
        return object.text(name);
    }

    void number(String name) {
        require(name, object.number(name).isPresent());
    }

    void numberOrNull(String name) {
        require(
                name,
                has(name) && (object.get(name).isEmpty() || object.number(name).isPresent()));
    }

    void truth(String name) {
        require(name, object.members().get(name) instanceof Json.Bool);
    }

    void list(String name) {
        require(name, object.members().get(name) instanceof Json.Arr);
    }

    void anyObject(String name) {
        require(name, object.members().get(name) instanceof Json.Obj);
    }

    void object(String name, Consumer<Members> check) {
        anyObject(name);
        part(object.object(name), place + name, check);
    }

    void objects(String name, Consumer<Members> check) {
        list(name);
        List<Json> items = object.items(name);
        for (int i = 0; i < items.size(); i++) {
            require(name, items.get(i) instanceof Json.Obj);
            if (items.get(i) instanceof Json.Obj item) {
                part(item, place + name + "[" + i + "]", check);
            }
        }
    }

    void require(String name, boolean holds) {
        known.add(name);
        if (!holds) {
            violations.add(place + name + " is missing or wrong");
        }
    }

    /** Says which members nobody asked for. */
    void end() {
        object.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> violations.add(place + name + " is not in the format"));
    }

    private void part(Json.Obj part, String where, Consumer<Members> check) {
        Members members = new Members(part, where + ".", violations);
        check.accept(members);
        members.end();
    }
}
