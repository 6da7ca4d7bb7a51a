// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A graph: its nodes in the order in which they run, and its tensors by name. Its lists may be changed. */
public final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> initializers = new LinkedHashMap<>();
    private final List<Value> inputs = new ArrayList<>();
    private final List<Value> outputs = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final Set<String> sparse = new HashSet<>();
    private Content rest = new Encoding();

    Graph() {}

    /** The nodes; each stands after those that make its inputs. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The tensors that the graph brings, by name, without sparse ones. */
    public Map<String, Tensor> initializers() {
        return initializers;
    }

    /** The graph's inputs, those that have an initializer included. */
    public List<Value> inputs() {
        return inputs;
    }

    /** The graph's outputs. */
    public List<Value> outputs() {
        return outputs;
    }

    /** What is declared of values inside the graph. */
    public List<Value> values() {
        return values;
    }

    /** The names of sparse tensors that the graph brings. */
    Set<String> sparse() {
        return sparse;
    }

    /** The fields that nobody here looks at, as they stood. */
    Content rest() {
        return rest;
    }

    void setRest(Content fields) {
        this.rest = fields;
    }

    /** The tensor of that name if it is constant: no input of the graph, which a caller could feed in its place. */
    public Optional<Tensor> constant(String name) {
        Tensor tensor = initializers.get(name);
        if (tensor == null || inputs.stream().anyMatch(input -> input.name().equals(name))) {
            return Optional.empty();
        }
        return Optional.of(tensor);
    }

    /** Every name that stands in the graph or in a graph inside it. */
    public Set<String> names() {
        Set<String> names = new HashSet<>(initializers.keySet());
        names.addAll(sparse);
        inputs.forEach(value -> names.add(value.name()));
        outputs.forEach(value -> names.add(value.name()));
        values.forEach(value -> names.add(value.name()));
        for (Node node : nodes) {
            names.add(node.name());
            names.addAll(node.inputs());
            names.addAll(node.outputs());
            inside(node).forEach(graph -> names.addAll(graph.names()));
        }
        return names;
    }

    /** The names that nodes of the graph, and of graphs inside it, read, and those of its outputs. */
    public Set<String> read() {
        Set<String> read = readInside();
        nodes.forEach(node -> read.addAll(node.inputs()));
        outputs.forEach(value -> read.add(value.name()));
        return read;
    }

    /** The names that graphs inside this one read; some may be their own. */
    public Set<String> readInside() {
        Set<String> read = new HashSet<>();
        for (Node node : nodes) {
            inside(node).forEach(graph -> read.addAll(graph.read()));
        }
        return read;
    }

    /** Takes away the tensors that nothing reads. */
    public void dropUnread() {
        Set<String> read = read();
        initializers.keySet().removeIf(name -> !read.contains(name));
    }

    private static List<Graph> inside(Node node) {
        List<Graph> graphs = new ArrayList<>();
        node.attributes().forEach(attribute -> graphs.addAll(attribute.graphs()));
        return graphs;
    }
}
