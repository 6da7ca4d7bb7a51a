// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks all that a model says, and describes it. */
final class ModelCheck {
    /** The metadata property by which a model may set the runtime's own options. */
    private static final String RUNTIME_OPTIONS = "ort_config";

    private final Reading reading;
    private final ModelMessage model;
    private final ExternalFiles external;
    private final Functions functions;
    private final TensorCheck tensors;
    private final SparseCheck sparseTensors;
    private final OperatorCheck operators;
    private final SizeEstimate sizes;

    ModelCheck(
            Reading reading, ModelMessage model, String mainFile, ExternalFiles external, TensorValues tensorValues) {
        this.reading = reading;
        this.model = model;
        this.external = external;
        this.functions = new Functions(reading, model.functions);
        this.tensors = new TensorCheck(reading, mainFile, external);
        this.sparseTensors = new SparseCheck(reading, tensors, tensorValues);
        this.operators = new OperatorCheck(reading, functions);
        this.sizes = new SizeEstimate(reading, tensorValues);
    }

    /** The description of the model, whose main file has {@code mainBytes} bytes. */
    ModelDescription check(long mainBytes) throws IOException {
        GraphMessage graph = model.graph;
        if (graph == null) {
            throw reading.refused(Refusal.INCOMPLETE, Place.FILE, "has no graph");
        }
        if (model.irVersion < 1) {
            throw reading.refused(Refusal.INCOMPLETE, Place.FILE, "has the IR version " + model.irVersion);
        }
        if (model.opsets.isEmpty()) {
            throw reading.refused(Refusal.INCOMPLETE, Place.FILE, "imports no operator set");
        }
        checkOpsets(model.opsets, Place.FILE);
        Map<String, String> metadata = metadata();
        functions.check(graph);

        Tally tally = new Tally();
        GraphCheck graphs = graphCheck(tally);
        Scope scope = graphs.check(graph, null, Place.FILE, model.opsets);
        for (FunctionMessage function : model.functions) {
            checkOpsets(function.opsets, function.place());
            graphs.check(function.body, null, function.place(), function.opsets);
            graphs.checkDefaults(function);
        }
        checkTraining(scope);
        external.checkOverlaps();
        return new ModelDescription(
                model.irVersion,
                model.producerName,
                model.producerVersion,
                model.domain,
                model.modelVersion,
                graph.name,
                List.copyOf(model.opsets),
                inputs(graph, scope),
                outputs(graph),
                metadata,
                List.copyOf(tally.operators()),
                tally.parameters(),
                tally.initializerBytes(),
                initializers(graph, scope),
                Math.addExact(mainBytes, external.bytes()));
    }

    private GraphCheck graphCheck(Tally tally) {
        return new GraphCheck(reading, tensors, sparseTensors, operators, sizes, tally);
    }

    private void checkOpsets(List<OpsetImport> opsets, Place place) {
        Map<String, Long> versions = new HashMap<>();
        for (OpsetImport opset : opsets) {
            if (opset.version() < 1 || opset.version() > Integer.MAX_VALUE) {
                throw reading.refused(
                        Refusal.INCOMPLETE,
                        place,
                        "imports version " + opset.version() + " of the domain " + Quoted.of(opset.domain()));
            }
            Long before = versions.put(opset.domain(), opset.version());
            if (before != null && before != opset.version()) {
                throw reading.refused(
                        Refusal.AMBIGUOUS,
                        place,
                        "imports the domain " + Quoted.of(opset.domain()) + " in the versions " + before + " and "
                                + opset.version());
            }
        }
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        for (StringEntry entry : model.metadata) {
            Place place = Place.of("metadata property", entry.key(), null);
            if (entry.key().equals(RUNTIME_OPTIONS)) {
                throw reading.refused(Refusal.RUNTIME_OPTIONS, place, "sets options of the runtime");
            }
            if (metadata.put(entry.key(), entry.value()) != null) {
                throw reading.refused(Refusal.AMBIGUOUS, place, "is given a second time");
            }
        }
        return Collections.unmodifiableMap(metadata);
    }

    /** Graphs that only training runs are loaded all the same, so they are checked; they are not counted. */
    private void checkTraining(Scope inference) throws IOException {
        GraphCheck graphs = graphCheck(new Tally());
        for (GraphMessage graph : model.trainingInitializations) {
            graphs.check(graph, null, Place.of("training graph", graph.name, null), model.opsets);
        }
        for (GraphMessage graph : model.trainingAlgorithms) {
            graphs.check(graph, inference, Place.of("training graph", graph.name, null), model.opsets);
        }
    }

    private List<ValueInfo> inputs(GraphMessage graph, Scope scope) {
        List<ValueInfo> inputs = new ArrayList<>();
        for (ValueMessage input : graph.inputs) {
            if (scope.tensor(input.name()) == null) {
                inputs.add(typed(input, "input"));
            }
        }
        return List.copyOf(inputs);
    }

    private List<ValueInfo> outputs(GraphMessage graph) {
        List<ValueInfo> outputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ValueMessage output : graph.outputs) {
            outputs.add(typed(output, "output"));
            if (!names.add(output.name())) {
                throw reading.refused(
                        Refusal.DUPLICATE_NAME, Place.of("output", output.name(), null), "is given a second time");
            }
        }
        return List.copyOf(outputs);
    }

    private ValueInfo typed(ValueMessage value, String kind) {
        Place place = Place.of(kind, value.name(), null);
        if (value.name().isEmpty()) {
            throw reading.refused(Refusal.INCOMPLETE, place, "cannot be named");
        }
        if (value.type() == null) {
            throw reading.refused(Refusal.ELEMENT_TYPE, place, "declares no type");
        }
        return new ValueInfo(value.name(), value.type());
    }

    private static List<StoredTensor> initializers(GraphMessage graph, Scope scope) {
        List<StoredTensor> initializers = new ArrayList<>();
        for (TensorMessage initializer : graph.initializers) {
            add(scope.tensor(initializer.name), initializers);
        }
        for (SparseTensorMessage initializer : graph.sparseInitializers) {
            add(scope.tensor(initializer.name()), initializers);
        }
        return List.copyOf(initializers);
    }

    private static void add(@Nullable StoredTensor tensor, List<StoredTensor> into) {
        if (tensor != null) {
            into.add(tensor);
        }
    }
}
