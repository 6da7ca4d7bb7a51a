// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An action as its action.yml defines it. */
record Action(Path folder, Map<String, Object> definition) {
    /** The checkout. */
    static final Path ROOT = root(Path.of("").toAbsolutePath());

    /** The action in {@code folder} of the checkout. */
    static Action in(String folder) throws IOException {
        Path path = ROOT.resolve(folder).normalize();
        return new Action(
                path,
                map(new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(path.resolve("action.yml")))));
    }

    /** All there are; the root's own is the empty name. */
    static List<String> folders() throws IOException {
        List<String> folders = new ArrayList<>(List.of(""));
        try (Stream<Path> files = Files.list(ROOT.resolve("actions"))) {
            files.filter(file -> Files.exists(file.resolve("action.yml")))
                    .map(file -> "actions/" + file.getFileName())
                    .sorted()
                    .forEach(folders::add);
        }
        return folders;
    }

    Map<String, Object> inputs() {
        return map(definition.get("inputs"));
    }

    Map<String, Object> outputs() {
        return map(definition.get("outputs"));
    }

    /** The steps, in order. */
    List<Map<String, Object>> steps() {
        return ((List<?>) map(definition.get("runs")).get("steps"))
                .stream().map(Action::map).toList();
    }

    /** What a step has in its environment, for these inputs; those that are not given have their defaults. */
    Map<String, String> environment(Map<String, Object> step, Map<String, String> given) {
        Map<String, String> environment = new HashMap<>();
        map(step.get("env")).forEach((variable, expression) -> {
            String input = expression.toString().replaceAll("^\\$\\{\\{ inputs\\.([a-z0-9-]+) }}$", "$1");
            Object byDefault = map(inputs().get(input)).get("default");
            environment.put(variable, given.getOrDefault(input, byDefault.toString()));
        });
        return environment;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    /** Tests of other modules run actions too, in their folders. */
    private static Path root(Path folder) {
        return Files.isRegularFile(folder.resolve("action.yml"))
                ? folder
                : root(Objects.requireNonNull(folder.getParent()));
    }
}
