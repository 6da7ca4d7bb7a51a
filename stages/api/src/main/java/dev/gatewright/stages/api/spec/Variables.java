// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Replaces {@code ${env:NAME}}, {@code ${git:commit}} and {@code ${git:describe}} in the values of a spec. What they stand
 * for is shown in reports, so a name that looks like a secret's is refused.
 */
public final class Variables {
    private static final List<String> SECRET_WORDS =
            List.of("SECRET", "TOKEN", "PASS", "PWD", "CREDENTIAL", "KEY", "PRIVATE");

    private final Source source;
    private final Problems problems;

    /** Where the values come from. */
    public interface Source {
        /** The value of an environment variable, if it is set. */
        Optional<String> environment(String name);

        /** {@code commit} or {@code describe} of the repository that the spec lies in, if it lies in one. */
        Optional<String> git(String fact);
    }

    Variables(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    SpecNode replace(SpecNode node) {
        if (node instanceof SpecNode.Sequence sequence) {
            List<SpecNode> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(replace(item)));
            return new SpecNode.Sequence(items, sequence.place());
        }
        if (node instanceof SpecNode.Mapping mapping) {
            List<SpecNode.Entry> entries = new ArrayList<>();
            mapping.entries()
                    .forEach(entry ->
                            entries.add(new SpecNode.Entry(entry.key(), entry.place(), replace(entry.value()))));
            return new SpecNode.Mapping(entries, mapping.place());
        }
        SpecNode.Scalar scalar = (SpecNode.Scalar) node;
        return new SpecNode.Scalar(replace(scalar.text(), scalar.place()), scalar.plain(), scalar.place());
    }

    private String replace(String text, Place place) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (true) {
            int start = next(text, from);
            if (start < 0) {
                return out.append(text, from, text.length()).toString();
            }
            int end = text.indexOf('}', start);
            if (end < 0) {
                problems.add(place, "a variable has no closing brace", "${env:NAME}");
                return text;
            }
            out.append(text, from, start).append(value(text.substring(start + 2, end), place));
            from = end + 1;
        }
    }

    private static int next(String text, int from) {
        int environment = text.indexOf("${env:", from);
        int git = text.indexOf("${git:", from);
        return environment < 0 || git < 0 ? Math.max(environment, git) : Math.min(environment, git);
    }

    private String value(String variable, Place place) {
        String name = variable.substring(4);
        if (variable.startsWith("git:")) {
            if (!name.equals("commit") && !name.equals("describe")) {
                problems.add(
                        place, "git knows no '" + name + "'" + DidYouMean.hint(name, List.of("commit", "describe")));
                return "";
            }
            Optional<String> fact = source.git(name);
            if (fact.isEmpty()) {
                problems.add(place, "${" + variable + "}: the spec lies in no git repository with a commit");
            }
            return fact.orElse("");
        }
        String upper = name.toUpperCase(Locale.ROOT);
        if (SECRET_WORDS.stream().anyMatch(upper::contains)) {
            problems.add(
                    place,
                    "${" + variable + "}: values from the environment are shown in reports, and this name looks like"
                            + " a secret's; a spec never holds a secret");
            return "";
        }
        Optional<String> value = source.environment(name);
        if (value.isEmpty()) {
            problems.add(place, "the environment variable " + name + " is not set");
        }
        return value.orElse("");
    }
}
