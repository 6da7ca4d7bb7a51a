// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.examples.quickstart;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tribuo.ONNXExportable;
import org.tribuo.classification.Label;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * The ONNX form of a classifier: {@code image} [batch, pixels] of pixels from 0 to 16 gives {@code probabilities}
 * [batch, classes]. Its metadata name the pixels and the classes in the order in which they stand.
 */
final class OnnxModel {
    static final String INPUT = "image";
    static final String OUTPUT = "probabilities";
    static final String FEATURES = "gatewright.features";
    static final String CLASSES = "gatewright.classes";

    private OnnxModel() {}

    static ModelProto of(DigitClassifier classifier) {
        List<String> features = classifier.features();
        List<String> classes = classifier.classes();
        ONNXContext graph = new ONNXContext();
        graph.setName("digits");
        ONNXPlaceholder image = graph.floatInput(INPUT, features.size());
        ONNXPlaceholder probabilities = graph.floatOutput(OUTPUT, classes.size());

        // Tribuo numbers features and classes by itself: from the order of the columns into its own, and back.
        int[] toTribuo = new int[features.size()];
        for (int column = 0; column < features.size(); column++) {
            toTribuo[classifier.model().getFeatureIDMap().getID(features.get(column))] = column;
        }
        int[] fromTribuo = classes.stream()
                .mapToInt(digit -> classifier.model().getOutputIDInfo().getID(new Label(digit)))
                .toArray();
        ONNXNode scaled = image.apply(ONNXOperators.DIV, graph.constant("darkest", DigitClassifier.DARKEST));
        ONNXRef<?> pixels = reordered(scaled, "pixels", toTribuo);
        reordered(classifier.model().writeONNXGraph(pixels), "classes", fromTribuo)
                .assignTo(probabilities);

        // Tribuo's description and provenance hold the time and the folders of this machine: the same training would
        // never give the same file.
        return ONNXExportable.buildModel(graph, "dev.gatewright.examples", 1, classifier.model()).toBuilder()
                .setDocString("Handwritten digits of 8 x 8 pixels")
                .clearMetadataProps()
                .addMetadataProps(names(FEATURES, features))
                .addMetadataProps(names(CLASSES, classes))
                .build();
    }

    /** The columns of {@code values} in another order; itself if they are in order. */
    private static ONNXRef<?> reordered(ONNXNode values, String name, int[] order) {
        if (IntStream.range(0, order.length).allMatch(i -> order[i] == i)) {
            return values;
        }
        ONNXContext graph = values.onnxContext();
        List<ONNXRef<?>> inputs = List.of(values, graph.array(name + "_order", order));
        return graph.operation(ONNXOperators.GATHER, inputs, name + "_in_order", Map.of("axis", 1));
    }

    private static StringStringEntryProto names(String key, List<String> names) {
        return StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]")))
                .build();
    }
}
