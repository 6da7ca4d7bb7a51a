// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2 into {@link SpecNode}s: one document, plain keys, no duplicate key, no tag, bounded in size, depth and in
 * what aliases unfold to.
 *
 * <p>Works on the parser's events, so that nothing is built before it is known to be within bounds.
 */
final class YamlReader {
    static final int LARGEST = 1 << 20;
    static final int DEEPEST = 50;
    static final int MOST_NODES = 100_000;

    private final String file;
    private final Problems problems;
    private final ParserImpl parser;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Deque<Anchor> open = new ArrayDeque<>();
    private int nodes;
    private int characters;
    private int deepest;

    private YamlReader(String text, String file, Problems problems) {
        this.file = file;
        this.problems = problems;
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST).build();
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** A part of the document that aliases can repeat, with what each of them adds to the document's size and depth. */
    private record Anchored(SpecNode node, int nodes, int characters, int levels) {}

    /** Ends the reading: what follows a broken place would only give further, misleading problems. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Place place;

        Refused(Place place, String message) {
            super(message, null, false, false);
            this.place = place;
        }
    }

    /** The document's root; nothing where it cannot be read, and then {@code problems} say why. */
    static Optional<SpecNode> read(String text, String file, Problems problems) {
        if (text.length() > LARGEST) {
            problems.add(new Place(file, 1, 1), "the file has more than " + LARGEST + " characters");
            return Optional.empty();
        }
        try {
            return new YamlReader(text, file, problems).document();
        } catch (Refused e) {
            problems.add(e.place, String.valueOf(e.getMessage()));
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            problems.add(place(file, mark), "this is not YAML: " + e.getProblem());
        } catch (ReaderException e) {
            int at = text.indexOf(e.getCodePoint());
            int line = (int) text.chars().limit(at).filter(c -> c == '\n').count() + 1;
            Place place = new Place(file, line, at - text.lastIndexOf('\n', at));
            problems.add(place, String.format("the character U+%04X is not allowed", e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(new Place(file, 1, 1), "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<SpecNode> document() {
        parser.next();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            problems.add(new Place(file, 1, 1), "the file is empty", "gatewright: 1");
            return Optional.empty();
        }
        parser.next();
        SpecNode root = node(1);
        parser.next();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new Refused(place(parser.peekEvent()), "a second document starts here; a spec is one document");
        }
        return Optional.of(root);
    }

    private SpecNode node(int depth) {
        Event event = parser.next();
        Place place = place(event);
        if (event instanceof AliasEvent alias) {
            return alias(alias.getAlias(), depth, place);
        }
        refuseTag(event, place);
        int nodesBefore = nodes;
        int charactersBefore = characters;
        int deepestBefore = deepest;
        deepest = 0;
        reach(depth, place);
        count(1, event instanceof ScalarEvent scalar ? scalar.getValue().length() : 0, place);
        Anchor anchor = ((NodeEvent) event).getAnchor().orElse(null);
        if (anchor != null) {
            open.push(anchor);
        }
        SpecNode node;
        if (event instanceof ScalarEvent scalar) {
            node = new SpecNode.Scalar(scalar.getValue(), scalar.isPlain(), place);
        } else if (event instanceof SequenceStartEvent) {
            node = sequence(place, depth);
        } else {
            node = mapping(place, depth);
        }
        if (anchor != null) {
            open.pop();
            anchors.put(
                    anchor, new Anchored(node, nodes - nodesBefore, characters - charactersBefore, deepest - depth));
        }
        deepest = Math.max(deepest, deepestBefore);
        return node;
    }

    private SpecNode alias(Anchor anchor, int depth, Place place) {
        Anchored anchored = anchors.get(anchor);
        if (open.contains(anchor) || anchored == null) {
            throw new Refused(place, "*" + anchor.getValue() + " names nothing that is complete before this place");
        }
        reach(depth + anchored.levels(), place);
        count(anchored.nodes(), anchored.characters(), place);
        return anchored.node();
    }

    private SpecNode sequence(Place place, int depth) {
        List<SpecNode> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        parser.next();
        return new SpecNode.Sequence(items, place);
    }

    private SpecNode mapping(Place place, int depth) {
        List<SpecNode.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Place keyPlace = place(parser.peekEvent());
            if (!(node(depth + 1) instanceof SpecNode.Scalar key)) {
                throw new Refused(keyPlace, "a key is a word, not a list or a mapping");
            }
            SpecNode value = node(depth + 1);
            if (keys.add(key.text())) {
                entries.add(new SpecNode.Entry(key.text(), keyPlace, value));
            } else {
                problems.add(keyPlace, "'" + key.text() + "' stands twice in the same mapping; remove one of the two");
            }
        }
        parser.next();
        return new SpecNode.Mapping(entries, place);
    }

    private void reach(int depth, Place place) {
        deepest = Math.max(deepest, depth);
        if (deepest > DEEPEST) {
            throw new Refused(place, "nested deeper than " + DEEPEST + " levels, aliases unfolded");
        }
    }

    private void count(int moreNodes, int moreCharacters, Place place) {
        nodes += moreNodes;
        characters += moreCharacters;
        if (nodes > MOST_NODES) {
            throw new Refused(place, "more than " + MOST_NODES + " values, aliases unfolded");
        }
        if (characters > LARGEST) {
            throw new Refused(place, "more than " + LARGEST + " characters, aliases unfolded");
        }
    }

    private static void refuseTag(Event event, Place place) {
        Optional<String> tag = Optional.empty();
        if (event instanceof ScalarEvent scalar) {
            tag = scalar.getTag();
        } else if (event instanceof SequenceStartEvent sequence) {
            tag = sequence.getTag();
        } else if (event instanceof MappingStartEvent mapping) {
            tag = mapping.getTag();
        }
        if (tag.isPresent()) {
            throw new Refused(place, "the tag " + tag.get() + " is not allowed; a spec has no tags");
        }
    }

    private Place place(Event event) {
        return place(file, event.getStartMark().orElse(null));
    }

    private static Place place(String file, @Nullable Mark mark) {
        return mark == null ? new Place(file, 1, 1) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
