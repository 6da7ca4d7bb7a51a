// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import ai.onnx.proto.OnnxMl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.ONNXExportable;
import org.tribuo.Tribuo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What a user of Tribuo writes to have a model judged: a program that the spec names as {@code command:}. It loads the model, answers
 * the rows with it, and exports it where it is asked to.
 */
final class TribuoSource {
    static final List<String> CLASSES = List.of("ant", "bee", "cat");

    /** As no sort has them: Tribuo numbers features by itself. */
    static final List<String> COLUMNS = List.of("weight", "age", "length", "girth");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NPY_LENGTH = 8;
    private static final int NPY_HEADER = 10;

    private TribuoSource() {}

    /** {@code MODEL right} puts features and classes into the order of the spec, {@code MODEL unordered} leaves Tribuo's own. */
    public static void main(String[] arguments) throws IOException {
        LinearSGDModel model = (LinearSGDModel) Model.deserializeFromFile(Path.of(arguments[0]));
        boolean isOrdered = arguments[1].equals("right");
        JsonNode request =
                JSON.readTree(Path.of(System.getenv("GATEWRIGHT_REQUEST")).toFile());
        Path answer = Path.of(request.get("answer").asText());
        float[] rows = numbers(Path.of(request.at("/inputs/0/file").asText()));
        float[] probabilities = new float[rows.length / COLUMNS.size() * CLASSES.size()];
        for (int row = 0; row < rows.length / COLUMNS.size(); row++) {
            Map<String, Label> scores = model.predict(example(rows, row, LabelFactory.UNKNOWN_LABEL))
                    .getOutputScores();
            for (int k = 0; k < CLASSES.size(); k++) {
                probabilities[row * CLASSES.size() + k] = (float)
                        Objects.requireNonNull(scores.get(CLASSES.get(k))).getScore();
            }
        }
        Files.createDirectory(answer.resolve("outputs"));
        String shape = "(" + rows.length / COLUMNS.size() + ", " + CLASSES.size() + ")";
        Files.write(answer.resolve("outputs/p.npy"), Npz.npy("<f4", shape, Npz.floats(probabilities)));
        ObjectNode document = JSON.createObjectNode().put("gatewright", 1).put("status", "done");
        if (request.get("action").asText().equals("export")) {
            Files.write(answer.resolve("model.onnx"), onnx(model, isOrdered).toByteArray());
            document.put("model", "model.onnx");
        }
        document.putArray("outputs").addObject().put("name", "probabilities").put("file", "p.npy");
        CLASSES.forEach(document.putArray("classes")::add);
        document.putObject("versions").put("tribuo", Tribuo.VERSION).put("java", System.getProperty("java.version"));
        JSON.writeValue(answer.resolve("answer.json").toFile(), document);
    }

    /** Trains on rows of four numbers each, and leaves the model in {@code file}. */
    static void train(float[] rows, List<String> labels, Path file) throws IOException {
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
        for (int row = 0; row < labels.size(); row++) {
            data.add(example(rows, row, new Label(labels.get(row))));
        }
        new LogisticRegressionTrainer().train(data).serializeToFile(file);
    }

    private static ArrayExample<Label> example(float[] rows, int row, Label label) {
        double[] values = new double[COLUMNS.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = rows[row * values.length + column];
        }
        return new ArrayExample<>(label, COLUMNS.toArray(String[]::new), values);
    }

    private static OnnxMl.ModelProto onnx(LinearSGDModel model, boolean isOrdered) {
        ONNXContext graph = new ONNXContext();
        graph.setName("tribuo");
        ONNXPlaceholder x = graph.floatInput("x", COLUMNS.size());
        ONNXPlaceholder probabilities = graph.floatOutput("probabilities", CLASSES.size());
        int[] features = new int[COLUMNS.size()];
        for (int column = 0; column < features.length; column++) {
            features[model.getFeatureIDMap().getID(COLUMNS.get(column))] = column;
        }
        int[] classes = CLASSES.stream()
                .mapToInt(name -> model.getOutputIDInfo().getID(new Label(name)))
                .toArray();
        ONNXNode answered = model.writeONNXGraph(gathered(graph, x, "features", features));
        (isOrdered ? gathered(graph, answered, "classes", classes) : answered).assignTo(probabilities);
        return ONNXExportable.buildModel(graph, "dev.gatewright.tests", 1, model);
    }

    private static ONNXNode gathered(ONNXContext graph, ONNXRef<?> values, String name, int[] order) {
        List<ONNXRef<?>> inputs = new ArrayList<>(List.of(values, graph.array(name, order)));
        return graph.operation(ONNXOperators.GATHER, inputs, name + "_in_order", Map.of("axis", 1));
    }

    /** The floats of an array as numpy writes it: a header of a length that stands in it, and the numbers. */
    private static float[] numbers(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(NPY_HEADER + bytes.getShort(NPY_LENGTH));
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }
}
