// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.testkit.PythonReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of PyTorch, Keras, TensorFlow, TensorFlow Lite and transformers are exported, and ONNX Runtime answers as they did. */
@Tag("python")
@Tag("slow")
class NetworksTest {
    private static final Map<String, List<String>> IMAGE = Map.of("image", List.of("p*"));

    @TempDir
    private static Path torch;

    @TempDir
    private static Path keras;

    @TempDir
    private static Path transformers;

    private static PythonReference trainings;

    @BeforeAll
    static void start() {
        trainings = PythonReference.start(NetworksTest.class, "trainings.py");
        for (Map.Entry<String, Path> framework : Map.of("torch", torch, "keras", keras, "transformers", transformers)
                .entrySet()) {
            trainings.ask(Map.of(
                    "ask",
                    "networks",
                    "framework",
                    framework.getKey(),
                    "folder",
                    framework.getValue().toString()));
        }
    }

    @AfterAll
    static void end() {
        if (trainings != null) {
            trainings.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "net:build, weights.pt,          1",
        "net:build, checkpoint.pth,      1",
        "net:build, weights.safetensors, 0",
        "net:build, '',                  0",
        ",          net.pt2,             1",
        ",          script.pt,           1",
    })
    void aModuleOfPyTorch(String function, String file, int pickles) throws Exception {
        List<FedTensor> fed = Children.tensors(torch, IMAGE, Map.of());
        SourceModel model = function == null
                ? Children.model(SourceKind.PYTORCH, file, "multiclass-classification", torch)
                : Children.network(function, file, torch);

        SourceAnswer answer = export(model, fed, torch);

        assertThat(answer.unpickled()).hasSize(pickles);
        assertThat(answer.versions()).containsKeys("torch", "onnx");
        assertThat(answer.weights().bits()).isEqualTo(SourceWeights.FLOAT);
        assertThat(answer.outputs()).extracting(RecordedTensor::name).containsExactly("output");
        Children.assertAnswersAlike(trainings, answer, fed);
    }

    @ParameterizedTest
    @CsvSource({
        "KERAS,      net.keras,  probabilities",
        "KERAS,      net.h5,     probabilities",
        "TENSORFLOW, saved,      output_0",
        "TFLITE,     net.tflite, output",
    })
    void aModelOfTensorFlow(SourceKind kind, String file, String output) throws Exception {
        List<FedTensor> fed = Children.tensors(keras, IMAGE, Map.of());

        SourceAnswer answer = export(Children.model(kind, file, "multiclass-classification", keras), fed, keras);

        assertThat(answer.outputs()).extracting(RecordedTensor::name).containsExactly(output);
        assertThat(answer.versions()).containsKeys("tensorflow", "tf2onnx");
        assertThat(answer.unpickled()).isEmpty();
        Children.assertAnswersAlike(trainings, answer, fed);
    }

    @Test
    void aTransformerTakesTokensAndTheirMask() throws Exception {
        Map<String, List<String>> features = new LinkedHashMap<>();
        features.put("input_ids", List.of("t*"));
        features.put("attention_mask", List.of("m*"));
        Map<String, ElementType> types = Map.of("input_ids", ElementType.INT64, "attention_mask", ElementType.INT64);
        List<FedTensor> fed = Children.tensors(transformers, features, types);

        SourceAnswer answer = export(
                Children.model(SourceKind.HUGGING_FACE, "bert", "multiclass-classification", transformers),
                fed,
                transformers);

        assertThat(answer.outputs()).extracting(RecordedTensor::name).containsExactly("logits");
        Children.assertAnswersAlike(trainings, answer, fed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            net:wrong   | weights.pt | are not those of the model: Missing key(s) in state_dict: "weight", "bias".
            net:nothing | ``         | 'net:nothing' returned Sequential, expected a module and example inputs
            net:gone    | ``         | 'net:gone' is not there
            none:build  | ``         | 'none:build' is not there
            """)
    void aFunctionThatDoesNotMakeTheModelIsNamed(String function, String weights, String why) throws Exception {
        List<FedTensor> fed = Children.tensors(torch, IMAGE, Map.of());

        assertThatThrownBy(() -> export(Children.network(function, weights, torch), fed, torch))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void weightsAloneAreNoModel() throws Exception {
        List<FedTensor> fed = Children.tensors(torch, IMAGE, Map.of());

        assertThatThrownBy(() -> export(
                        Children.model(SourceKind.PYTORCH, "weights.pt", "multiclass-classification", torch),
                        fed,
                        torch))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("weights alone are no model. Next: write model.source.load: module:function");
    }

    @Test
    void anotherTypeThanTheModelsIsNamedWithWhatToWrite() throws Exception {
        List<FedTensor> fed = Children.tensors(torch, IMAGE, Map.of("image", ElementType.FLOAT64));

        assertThatThrownBy(() -> export(Children.network("net:build", "", torch), fed, torch))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("Next: write model.source.types: {image: float32}");
    }

    private static SourceAnswer export(SourceModel model, List<FedTensor> fed, Path folder) throws Exception {
        return SourceChild.export(model, fed, folder.resolve("rows.csv"), Children.work(folder));
    }
}
