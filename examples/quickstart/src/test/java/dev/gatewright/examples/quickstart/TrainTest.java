// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    private static final Path DATA = Path.of("data");

    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    @TempDir
    static Path out;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() throws IOException {
        TRIBUO.setLevel(Level.WARNING);
        Train.run(DATA.resolve("train.csv"), out, 1);
    }

    @Test
    void measuresWhatTheSpecAsksFor() throws IOException {
        assertThat(Files.readString(out.resolve("metrics.json")))
                .matches("\\{\"val_accuracy\": 0\\.9\\d+, \"val_loss\": 0\\.[0-3]\\d+, \"train_accuracy\": [01]\\.\\d+,"
                        + " \"epochs\": 20}\\R");
    }

    @Test
    void hasMoreThanTwentyThousandWeights() throws IOException {
        long weights = model().getGraph().getInitializerList().stream()
                .mapToLong(tensor -> tensor.getDimsList().stream().reduce(1L, Math::multiplyExact))
                .sum();
        assertThat(weights).isGreaterThan(20_000);
    }

    @Test
    void namesFeaturesAndClassesInOrder() throws IOException {
        Map<String, String> metadata = model().getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
        String pixels =
                IntStream.range(0, 64).mapToObj("\"pixel_%02d\""::formatted).collect(Collectors.joining(",", "[", "]"));
        assertThat(metadata)
                .containsOnly(
                        Map.entry(OnnxModel.FEATURES, pixels),
                        Map.entry(OnnxModel.CLASSES, "[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]"));
    }

    @Test
    void answersAsTribuoDoes() throws IOException, OrtException {
        LabelledImages training = LabelledImages.read(DATA.resolve("train.csv")).where(row -> row % 5 != 4);
        DigitClassifier classifier = DigitClassifier.train(training, 1);
        assertThat(OnnxModel.of(classifier).toByteArray())
                .as("the same images and seed give the same bytes")
                .isEqualTo(Files.readAllBytes(out.resolve("model.onnx")));
        assertSameAnswers(classifier, LabelledImages.read(DATA.resolve("holdout.csv")));
    }

    /** Tribuo sorts features by name, and classes by neither name nor appearance. */
    @Test
    void answersAsTribuoDoesWhereItsOrderIsAnother() throws IOException, OrtException {
        LabelledImages images = LabelledImages.read(DATA.resolve("train.csv"));
        List<String> features = images.features().stream()
                .map(name -> "p" + (100 - Integer.parseInt(name.substring(6))))
                .toList();
        List<String> digits = images.digits().stream()
                .map(digit -> digit + "-hand".repeat(digit.charAt(0) % 3))
                .toList();
        LabelledImages renamed = new LabelledImages(features, digits, images.pixels());
        DigitClassifier classifier = DigitClassifier.train(renamed.where(row -> row < 200), 7);
        assertThat(classifier.model().getFeatureIDMap().getID("p37")).isNotEqualTo(63);
        assertThat(classifier.classes())
                .isNotEqualTo(IntStream.range(0, 10)
                        .mapToObj(id -> classifier
                                .model()
                                .getOutputIDInfo()
                                .getOutput(id)
                                .getLabel())
                        .toList());
        assertSameAnswers(classifier, renamed);
    }

    private static void assertSameAnswers(DigitClassifier classifier, LabelledImages images) throws OrtException {
        float[][] input = images.pixels().stream().map(TrainTest::toFloats).toArray(float[][]::new);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session =
                        environment.createSession(OnnxModel.of(classifier).toByteArray());
                OnnxTensor tensor = OnnxTensor.createTensor(environment, input);
                OrtSession.Result result = session.run(Map.of(OnnxModel.INPUT, tensor))) {
            float[][] answers =
                    (float[][]) result.get(OnnxModel.OUTPUT).orElseThrow().getValue();
            for (int row = 0; row < answers.length; row++) {
                double[] expected = classifier.probabilities(images.pixels().get(row));
                for (int k = 0; k < expected.length; k++) {
                    assertThat((double) answers[row][k]).isCloseTo(expected[k], within(1e-5));
                }
            }
        }
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void refusesARowThatIsCutOff() throws IOException {
        Path csv = Files.writeString(folder.resolve("cut.csv"), "digit,pixel_00,pixel_01\n3,0,16\n4,1\n");
        assertThatThrownBy(() -> LabelledImages.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3");
    }

    private static ModelProto model() throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(out.resolve("model.onnx")));
    }
}
