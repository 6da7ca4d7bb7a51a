// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of a model, and what becomes of a graph when the runtime writes them out at each of their calls. */
final class Functions {
    private final Reading reading;
    private final Map<Id, Function> byId = new LinkedHashMap<>();

    Functions(Reading reading, List<FunctionMessage> functions) {
        this.reading = reading;
        for (FunctionMessage function : functions) {
            Id id = new Id(function.domain, function.name, function.overload);
            if (byId.putIfAbsent(id, new Function(function)) != null) {
                throw reading.refused(Refusal.DUPLICATE_NAME, function.place(), "is defined a second time");
            }
        }
    }

    @Nullable
    Function find(NodeMessage node) {
        return byId.isEmpty() ? null : byId.get(new Id(node.domain, node.operator, node.overload));
    }

    /** Refuses functions that call themselves, and graphs that the functions blow up beyond the limit of nodes. */
    void check(GraphMessage graph) {
        for (Function function : byId.values()) {
            expand(function, 1);
        }
        Expansion expansion = new Expansion(Place.of("graph", graph.name, null));
        expansion.add(graph, 0);
    }

    private void expand(Function function, int depth) {
        Place place = function.message.place();
        if (function.running) {
            throw reading.refused(Refusal.RECURSIVE, place, "calls itself");
        }
        if (function.expansion == null) {
            checkDepth(depth, place);
            function.running = true;
            Expansion expansion = new Expansion(place);
            expansion.add(function.message.body, depth);
            function.running = false;
            function.expansion = expansion;
        }
        // A function that was met before on a shorter way counts with all that hangs below it.
        checkDepth(depth + function.expansion.height, place);
    }

    private void checkDepth(int depth, Place place) {
        int limit = reading.limits().depth();
        if (depth > limit) {
            throw reading.refused(
                    Refusal.TOO_DEEP, place, "is called in a row of more functions than the limit of " + limit);
        }
    }

    private record Id(String domain, String name, String overload) {}

    /** A function with what is known of it so far. */
    static final class Function {
        private final FunctionMessage message;
        private @Nullable Expansion expansion;
        private boolean running;

        private Function(FunctionMessage message) {
            this.message = message;
        }
    }

    /** The nodes of a body, those of its subgraphs and of all that it calls, and how deep the calls go. */
    private final class Expansion {
        private final Place place;
        private long nodes;
        private int height;

        Expansion(Place place) {
            this.place = place;
        }

        private void add(GraphMessage body, int depth) {
            for (NodeMessage node : body.nodes) {
                add(1);
                Function callee = find(node);
                if (callee != null) {
                    expand(callee, depth + 1);
                    if (callee.expansion != null) {
                        add(callee.expansion.nodes);
                        height = Math.max(height, callee.expansion.height + 1);
                    }
                }
                for (AttributeMessage attribute : node.attributes) {
                    for (GraphMessage graph : attribute.graphs) {
                        add(graph, depth);
                    }
                }
            }
        }

        private void add(long more) {
            nodes += more;
            if (nodes > reading.limits().parts()) {
                throw reading.refused(
                        Refusal.TOO_MANY,
                        place,
                        "has more nodes than the limit of " + reading.limits().parts()
                                + " once its functions are written out");
            }
        }
    }
}
