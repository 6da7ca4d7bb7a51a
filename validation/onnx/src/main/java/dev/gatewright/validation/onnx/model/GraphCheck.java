// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a graph and the graphs inside it: that names lead somewhere, and every node, tensor and declared shape. */
final class GraphCheck {
    private static final int LAST_ATTRIBUTE_TYPE = 14;

    private final Reading reading;
    private final TensorCheck tensors;
    private final SparseCheck sparseTensors;
    private final OperatorCheck operators;
    private final SizeEstimate sizes;
    private final Tally tally;

    GraphCheck(
            Reading reading,
            TensorCheck tensors,
            SparseCheck sparseTensors,
            OperatorCheck operators,
            SizeEstimate sizes,
            Tally tally) {
        this.reading = reading;
        this.tensors = tensors;
        this.sparseTensors = sparseTensors;
        this.operators = operators;
        this.sizes = sizes;
        this.tally = tally;
    }

    /**
     * Checks {@code graph} and what is inside.
     *
     * @param outer what the graph sees of the graph around it; null if there is none
     * @param place what the graph belongs to
     * @param opsets the operator sets that its nodes may use
     * @return what stands behind the graph's names, as seen after its last node
     */
    Scope check(GraphMessage graph, @Nullable Scope outer, Place place, List<OpsetImport> opsets) throws IOException {
        Scope scope = new Scope(outer, graph);
        declareInputs(graph, scope, place);
        declareInitializers(graph, scope, place);
        declareNodes(graph, scope, place);
        for (int i = 0; i < graph.nodes.size(); i++) {
            scope.moveTo(i);
            checkNode(graph.nodes.get(i), scope, place, opsets);
        }
        scope.moveTo(graph.nodes.size());
        for (ValueMessage output : graph.outputs) {
            if (!scope.has(output.name())) {
                throw reading.refused(
                        Refusal.UNKNOWN_VALUE,
                        Place.of("output", output.name(), place),
                        "is made by no node of its graph");
            }
        }
        checkShapes(graph.inputs, "input", place);
        checkShapes(graph.outputs, "output", place);
        checkShapes(graph.values, "value", place);
        return scope;
    }

    private void declareInputs(GraphMessage graph, Scope scope, Place place) {
        for (ValueMessage input : graph.inputs) {
            if (!scope.add(input.name(), Scope.BEFORE)) {
                throw twice(Place.of("input", input.name(), place));
            }
        }
    }

    /** An initializer may have the name of an input, which it then gives a default; never that of another one. */
    private void declareInitializers(GraphMessage graph, Scope scope, Place place) throws IOException {
        Set<String> names = new HashSet<>();
        for (TensorMessage initializer : graph.initializers) {
            Place here = Place.of("initializer", initializer.name, place);
            declareInitializer(initializer.name, tensors.check(initializer, here), names, scope, here);
        }
        for (SparseTensorMessage initializer : graph.sparseInitializers) {
            Place here = Place.of("sparse initializer", initializer.name(), place);
            declareInitializer(initializer.name(), sparseTensors.check(initializer, here), names, scope, here);
        }
    }

    private void declareInitializer(String name, StoredTensor tensor, Set<String> names, Scope scope, Place place) {
        if (name.isEmpty()) {
            throw reading.refused(Refusal.INCOMPLETE, place, "cannot be used by any node");
        }
        if (!names.add(name)) {
            throw twice(place);
        }
        scope.add(name, Scope.BEFORE);
        scope.carries(name, tensor);
        tally.add(tensor);
    }

    private void declareNodes(GraphMessage graph, Scope scope, Place place) {
        for (int i = 0; i < graph.nodes.size(); i++) {
            NodeMessage node = graph.nodes.get(i);
            for (String output : node.outputs) {
                if (!output.isEmpty() && !scope.add(output, i)) {
                    throw twice(Place.of("output", output, node.place(place)));
                }
            }
        }
    }

    private RefusedModelException twice(Place place) {
        return reading.refused(Refusal.DUPLICATE_NAME, place, "has a name that its graph gives twice");
    }

    private void checkNode(NodeMessage node, Scope scope, Place outer, List<OpsetImport> opsets) throws IOException {
        Place place = node.place(outer);
        tally.add(node);
        operators.check(node, opsets, place);
        for (String input : node.inputs) {
            if (!input.isEmpty()) {
                checkInput(input, scope, place);
            }
        }
        checkNames(node.attributes, place);
        boolean constant = node.operator.equals("Constant") && node.outputs.size() == 1;
        for (AttributeMessage attribute : node.attributes) {
            StoredTensor tensor = checkAttribute(attribute, scope, place, opsets);
            if (constant && tensor != null) {
                scope.carries(node.outputs.get(0), tensor);
            } else if (constant && attribute.numbers != null && attribute.numbers.isWhole()) {
                scope.literal(node.outputs.get(0), attribute.numbers.kept());
            }
        }
        if (!constant) {
            sizes.check(node, scope, place);
        }
    }

    private void checkInput(String input, Scope scope, Place place) {
        switch (scope.find(input)) {
            case THERE -> {}
            case LATER ->
                throw reading.refused(
                        Refusal.NOT_SORTED,
                        place,
                        "reads " + Quoted.of(input) + " before it is made: the nodes are out of order or form a cycle");
            case NOWHERE ->
                throw reading.refused(
                        Refusal.UNKNOWN_VALUE, place, "reads " + Quoted.of(input) + ", which nothing makes");
        }
    }

    /** Checks the default values of a function's attributes. */
    void checkDefaults(FunctionMessage function) throws IOException {
        checkNames(function.defaults, function.place());
        for (AttributeMessage attribute : function.defaults) {
            checkAttribute(attribute, null, function.place(), function.opsets);
        }
    }

    private void checkNames(List<AttributeMessage> attributes, Place outer) {
        if (attributes.size() < 2) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (AttributeMessage attribute : attributes) {
            if (!names.add(attribute.name)) {
                throw reading.refused(
                        Refusal.AMBIGUOUS, Place.of("attribute", attribute.name, outer), "is given a second time");
            }
        }
    }

    /** Checks an attribute and all in it; its tensor, or the last of several, is the answer. */
    private @Nullable StoredTensor checkAttribute(
            AttributeMessage attribute, @Nullable Scope scope, Place outer, List<OpsetImport> opsets)
            throws IOException {
        Place place = Place.of("attribute", attribute.name, outer);
        checkKind(attribute, place);
        StoredTensor stored = null;
        for (TensorMessage tensor : attribute.tensors) {
            stored = tensors.check(tensor, Place.of("tensor", tensor.name, place));
        }
        for (SparseTensorMessage sparse : attribute.sparseTensors) {
            stored = sparseTensors.check(sparse, Place.of("sparse tensor", sparse.name(), place));
        }
        for (GraphMessage graph : attribute.graphs) {
            check(graph, scope, place, opsets);
        }
        return stored;
    }

    private void checkKind(AttributeMessage attribute, Place place) {
        if (attribute.type < 0 || attribute.type > LAST_ATTRIBUTE_TYPE) {
            throw reading.refused(Refusal.AMBIGUOUS, place, "is of the unknown type " + attribute.type);
        }
        if (attribute.secondKind != 0) {
            throw reading.refused(Refusal.AMBIGUOUS, place, "has values of two kinds");
        }
        if (attribute.kind != 0 && attribute.kind != attribute.type) {
            throw reading.refused(
                    Refusal.AMBIGUOUS,
                    place,
                    "says that it is of type " + attribute.type + ", but has a value of type " + attribute.kind);
        }
    }

    private void checkShapes(List<ValueMessage> values, String kind, Place place) {
        for (ValueMessage value : values) {
            if (value.type() != null) {
                sizes.checkDeclared(value.type(), Place.of(kind, value.name(), place));
            }
        }
    }
}
