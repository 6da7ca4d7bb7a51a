// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whatever else a document says, on a page: names and values, nested as they are, so that nothing is kept back. */
final class HtmlFacts {
    private static final int MOST_MEMBERS = 100;
    private static final int MOST_ITEMS = 60;

    /** More members than these, as of the packages of an environment, are folded up. */
    private static final int MOST_OPEN = 12;

    private static final int DEEPEST = 5;
    private static final double LARGE = 10_000;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40,64}");

    private HtmlFacts() {}

    /** The members of {@code object}, without those of the names {@code shownElsewhere}; nothing where none is left. */
    static void write(Markup page, String title, Json.Obj object, Set<String> shownElsewhere) {
        Json.Builder rest = Json.object();
        object.members().forEach((name, value) -> {
            if (!shownElsewhere.contains(name)) {
                rest.put(name, value);
            }
        });
        Json.Obj left = rest.build();
        if (!left.members().isEmpty()) {
            page.open("section", "class", "facts").leaf("h4", title);
            list(page, left, 0);
            page.closeLine();
        }
    }

    private static void list(Markup page, Json.Obj object, int depth) {
        page.open("dl");
        int count = 0;
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (count++ == MOST_MEMBERS) {
                page.leaf("dt", "…").leaf("dd", "and " + (object.members().size() - MOST_MEMBERS) + " more");
                break;
            }
            page.leaf("dt", PlainText.line(words(member.getKey()), PlainText.NAME));
            page.open("dd", "dir", "auto");
            value(page, member.getKey(), member.getValue(), depth);
            page.close();
        }
        page.closeLine();
    }

    private static void value(Markup page, String name, Json value, int depth) {
        if (value instanceof Json.Obj object && !object.members().isEmpty() && depth < DEEPEST) {
            int size = object.members().size();
            if (size > MOST_OPEN) {
                page.open("details").leaf("summary", size + " " + PlainText.line(words(name), PlainText.NAME));
            }
            list(page, object, depth + 1);
            if (size > MOST_OPEN) {
                page.close();
            }
        } else if (value instanceof Json.Arr array
                && array.items().stream().anyMatch(Json.Obj.class::isInstance)
                && depth < DEEPEST) {
            for (Json item :
                    array.items().subList(0, Math.min(MOST_ITEMS, array.items().size()))) {
                value(page, name, item, depth + 1);
            }
        } else if (value instanceof Json.Text text
                && DIGEST.matcher(text.value()).matches()) {
            page.leaf("code", text.value());
        } else {
            page.text(plain(name, value));
        }
    }

    /** A value in a few words. */
    private static String plain(String name, Json value) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        if (value instanceof Json.Num number) {
            return number(name, number.value());
        }
        if (value instanceof Json.Bool bool) {
            return bool.value() ? "yes" : "no";
        }
        if (value instanceof Json.Arr array) {
            List<String> items = new ArrayList<>();
            array.items().stream()
                    .limit(MOST_ITEMS)
                    .forEach(item -> items.add(PlainText.line(plain(name, item), PlainText.NAME)));
            int more = array.items().size() - MOST_ITEMS;
            return items.isEmpty() ? "none" : String.join(", ", items) + (more > 0 ? " and " + more + " more" : "");
        }
        return value instanceof Json.Obj object && !object.members().isEmpty() ? "…" : "none";
    }

    private static String number(String name, double value) {
        return switch (name) {
            case "seconds" -> Figures.duration(value);
            case "bytes" -> Figures.bytes(value);
            case "seed" -> Numbers.exact(value);
            default -> value >= LARGE && value == Math.rint(value) ? Figures.count(value) : Numbers.exact(value);
        };
    }

    /** {@code rowsACall} as words. */
    private static String words(String name) {
        if (name.isEmpty() || !Character.isLowerCase(name.charAt(0))) {
            return name;
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), PlainText.NAME); i++) {
            char character = name.charAt(i);
            boolean begins = i > 0
                    && Character.isUpperCase(character)
                    && (Character.isLowerCase(name.charAt(i - 1))
                            || (i + 1 < name.length()
                                    && Character.isUpperCase(name.charAt(i - 1))
                                    && Character.isLowerCase(name.charAt(i + 1))));
            words.append(begins ? " " : "").append(character);
        }
        String spaced = words.toString();
        return spaced.contains(" ") ? spaced.toLowerCase(Locale.ROOT) : spaced;
    }
}
