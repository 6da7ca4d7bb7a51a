// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.onnx.model.ValueType.OfTensor;
import dev.gatewright.validation.onnx.model.ValueType.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that the nodes of one graph can name, with those of the graphs around it. */
final class Scope {
    /** What is there before the first node: inputs and initializers. */
    static final int BEFORE = -1;

    /** Where a name leads to. */
    enum Finding {
        /** A value that is there. */
        THERE,
        /** A value that a later node makes, or the node itself. */
        LATER,
        /** Nothing. */
        NOWHERE
    }

    private final @Nullable Scope outer;
    private final GraphMessage graph;
    private final Map<String, Integer> madeAt = new HashMap<>();
    private final Map<String, StoredTensor> tensors = new HashMap<>();
    private final Map<String, double[]> literals = new HashMap<>();
    private @Nullable Map<String, OfTensor> types;

    /** The index of the node that is looked at. */
    private int position;

    Scope(@Nullable Scope outer, GraphMessage graph) {
        this.outer = outer;
        this.graph = graph;
    }

    /** Adds a name that node number {@code at} makes; {@code false} if the graph already has it. */
    boolean add(String name, int at) {
        return madeAt.putIfAbsent(name, at) == null;
    }

    void moveTo(int node) {
        position = node;
    }

    boolean has(String name) {
        return madeAt.containsKey(name);
    }

    /** Looks a name up, from the inside out: the innermost graph that makes it is the one that is meant. */
    Finding find(String name) {
        Scope home = home(name);
        if (home == null) {
            return Finding.NOWHERE;
        }
        Integer at = home.madeAt.get(name);
        return at != null && at < home.position ? Finding.THERE : Finding.LATER;
    }

    private @Nullable Scope home(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.madeAt.containsKey(name)) {
                return scope;
            }
        }
        return null;
    }

    /** Remembers that a name is a tensor that the model carries. */
    void carries(String name, StoredTensor tensor) {
        tensors.put(name, tensor);
    }

    /** Remembers that a name is one of the numbers that stand in an attribute. */
    void literal(String name, double[] numbers) {
        literals.put(name, numbers);
    }

    /** The tensor that the model carries under this name; null if it is none. */
    @Nullable
    StoredTensor tensor(String name) {
        Scope home = home(name);
        return home == null ? null : home.tensors.get(name);
    }

    /** The numbers that stand under this name in an attribute; null if there are none. */
    double @Nullable [] literal(String name) {
        Scope home = home(name);
        return home == null ? null : home.literals.get(name);
    }

    /** The declared type of a tensor; null if it is not declared. */
    @Nullable
    OfTensor type(String name) {
        Scope home = home(name);
        if (home == null) {
            return null;
        }
        StoredTensor tensor = home.tensors.get(name);
        return tensor == null ? home.declared().get(name) : typeOf(tensor);
    }

    /** Few operators ask for types, so the map is made for the first that does. */
    private Map<String, OfTensor> declared() {
        if (types == null) {
            types = new HashMap<>();
            declare(graph.inputs, types);
            declare(graph.outputs, types);
            declare(graph.values, types);
        }
        return types;
    }

    private static void declare(List<ValueMessage> values, Map<String, OfTensor> types) {
        for (ValueMessage value : values) {
            if (value.type() instanceof OfTensor type) {
                types.put(value.name(), type);
            }
        }
    }

    private static OfTensor typeOf(StoredTensor tensor) {
        List<Dimension> dimensions = new ArrayList<>(tensor.dimensions().size());
        for (long size : tensor.dimensions()) {
            dimensions.add(new Dimension.Fixed(size));
        }
        return new OfTensor(tensor.type(), new Shape(dimensions));
    }
}
