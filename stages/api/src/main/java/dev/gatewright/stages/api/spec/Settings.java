// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line's {@code --set key=value}: replaces or adds one value of a spec. The key is a path such as {@code
 * stages.evaluate-metrics.gates[0].min}; the value is read as YAML.
 */
final class Settings {
    private final Problems problems;

    Settings(Problems problems) {
        this.problems = problems;
    }

    SpecNode apply(SpecNode root, List<String> settings) {
        SpecNode result = root;
        for (String setting : settings) {
            result = apply(result, setting);
        }
        return result;
    }

    private SpecNode apply(SpecNode root, String setting) {
        String file = "--set " + setting;
        Place place = new Place(file, 1, 1);
        int equals = setting.indexOf('=');
        List<Object> path = equals > 0 ? path(setting.substring(0, equals)) : null;
        if (path == null || setting.substring(equals + 1).isBlank()) {
            problems.add(place, "this is no key=value", "--set stages.evaluate-metrics.gates[0].min=0.9");
            return root;
        }
        Optional<SpecNode> value = YamlReader.read(setting.substring(equals + 1), file, problems);
        return value.isEmpty() ? root : put(root, path, 0, value.get(), place);
    }

    private SpecNode put(SpecNode node, List<Object> path, int depth, SpecNode value, Place place) {
        if (depth == path.size()) {
            return value;
        }
        Object step = path.get(depth);
        if (step instanceof Integer index) {
            if (!(node instanceof SpecNode.Sequence sequence)) {
                problems.add(place, "there is no item [" + index + "] there, but " + node.kind());
                return node;
            }
            int size = sequence.items().size();
            if (index >= size) {
                problems.add(place, "there is no item [" + index + "] there; the list has " + size + ", from [0]");
                return node;
            }
            List<SpecNode> items = new ArrayList<>(sequence.items());
            items.set(index, put(items.get(index), path, depth + 1, value, place));
            return new SpecNode.Sequence(items, sequence.place());
        }
        String key = (String) step;
        if (!(node instanceof SpecNode.Mapping mapping)) {
            problems.add(place, "there is no key '" + key + "' there, but " + node.kind());
            return node;
        }
        List<SpecNode.Entry> entries = new ArrayList<>(mapping.entries());
        for (int i = 0; i < entries.size(); i++) {
            SpecNode.Entry entry = entries.get(i);
            if (entry.key().equals(key)) {
                SpecNode replaced = put(entry.value(), path, depth + 1, value, place);
                entries.set(i, new SpecNode.Entry(key, entry.place(), replaced));
                return new SpecNode.Mapping(entries, mapping.place());
            }
        }
        SpecNode added = put(new SpecNode.Mapping(List.of(), place), path, depth + 1, value, place);
        entries.add(new SpecNode.Entry(key, place, added));
        return new SpecNode.Mapping(entries, mapping.place());
    }

    /** The keys and positions of a path; null where it is none. */
    private static @Nullable List<Object> path(String text) {
        List<Object> steps = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            int bracket = part.indexOf('[');
            String key = bracket < 0 ? part : part.substring(0, bracket);
            if (key.isEmpty()) {
                return null;
            }
            steps.add(key);
            String rest = bracket < 0 ? "" : part.substring(bracket);
            while (!rest.isEmpty()) {
                int end = rest.indexOf(']');
                String digits = end < 0 ? "" : rest.substring(1, end);
                if (!rest.startsWith("[")
                        || digits.isEmpty()
                        || digits.length() > 6
                        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    return null;
                }
                steps.add(Integer.parseInt(digits));
                rest = rest.substring(end + 1);
            }
        }
        return steps.size() <= YamlReader.DEEPEST ? steps : null;
    }
}
