// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
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

/** What scikit-learn, XGBoost and LightGBM save is exported, and ONNX Runtime answers to the same tensors as they did. */
@Tag("python")
class TabularModelsTest {
    private static final String CLASSES = "multiclass-classification";

    private static PythonReference trainings;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        trainings = PythonReference.start(TabularModelsTest.class, "trainings.py");
    }

    @AfterAll
    static void end() {
        if (trainings != null) {
            trainings.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "logistic.joblib, SCIKIT_LEARN, multiclass-classification, label+probabilities, true, ant+bee+cat",
        "line.pkl,        SCIKIT_LEARN, regression,                value,               true, ''",
        "trusted.skops,   SCIKIT_LEARN, multiclass-classification, label+probabilities, false, 0+1+2",
        "vectors.joblib,  SCIKIT_LEARN, multiclass-classification, label+scores,        true, ant+bee+cat",
        "classes.json,    XGBOOST,      multiclass-classification, label+probabilities, false, ''",
        "binary.ubj,      XGBOOST,      binary-classification,     label+probabilities, false, ''",
        "numbers.json,    XGBOOST,      regression,                value,               false, ''",
        "xgboost.joblib,  XGBOOST,      multiclass-classification, label+probabilities, true, 0+1+2",
        "classes.txt,     LIGHTGBM,     multiclass-classification, label+probabilities, false, ''",
        "binary.txt,      LIGHTGBM,     binary-classification,     label+probabilities, false, ''",
        "numbers.txt,     LIGHTGBM,     regression,                value,               false, ''",
        "lightgbm.joblib, LIGHTGBM,     multiclass-classification, label+probabilities, true, ant+bee+cat",
    })
    void isExportedAndAnswersAsItsSource(
            String file, SourceKind kind, String task, String outputs, boolean pickled, String classes)
            throws Exception {
        train(file);
        List<FedTensor> fed = Children.tensors(folder, Map.of("x", List.of("*")), Map.of());

        SourceAnswer answer = export(Children.model(kind, file, task, folder), fed);

        assertThat(answer.outputs()).extracting(RecordedTensor::name).containsExactlyInAnyOrder(outputs.split("\\+"));
        assertThat(String.join("+", answer.classes())).isEqualTo(classes);
        assertThat(answer.unpickled()).hasSize(pickled ? 1 : 0);
        // Five rounds each, and a tree a class where there are three.
        boolean hasTrees = kind != SourceKind.SCIKIT_LEARN;
        boolean hasThree = file.startsWith("classes") || pickled;
        assertThat(answer.weights()).isEqualTo(new SourceWeights(hasTrees ? hasThree ? 15 : 5 : 0, 0));
        assertThat(answer.versions()).containsKeys("python", "numpy", "onnx");
        // A booster outside scikit-learn goes through onnxmltools alone.
        assertThat(answer.versions().keySet()).containsAnyOf("skl2onnx", "onnxmltools");
        assertThat(trainings.ask(Map.of("ask", "outputs_of_fixed_rows", "model", String.valueOf(answer.model()))))
                .isEmpty();
        Children.assertAnswersAlike(trainings, answer, fed);
    }

    @Test
    void aPipelineOfTextsAndNumbersTakesAnInputAColumn() throws Exception {
        train("pipeline.csv.joblib");
        Map<String, List<String>> features = new LinkedHashMap<>();
        features.put("town", List.of("town"));
        features.put("age", List.of("age"));
        List<FedTensor> fed = Children.tensors(folder, features, Map.of("town", ElementType.STRING));

        SourceAnswer answer =
                export(Children.model(SourceKind.SCIKIT_LEARN, "pipeline.csv.joblib", CLASSES, folder), fed);

        Children.assertAnswersAlike(trainings, answer, fed);
    }

    @Test
    void aPipelineOfTextsTakesThemInOneColumn() throws Exception {
        train("texts.pkl");
        List<FedTensor> fed =
                Children.tensors(folder, Map.of("said", List.of("said")), Map.of("said", ElementType.STRING));

        SourceAnswer answer = export(Children.model(SourceKind.SCIKIT_LEARN, "texts.pkl", CLASSES, folder), fed);

        Children.assertAnswersAlike(trainings, answer, fed);
    }

    @Test
    void predictsWithoutLeavingAModel() throws Exception {
        train("logistic.joblib");
        List<FedTensor> fed = Children.tensors(folder, Map.of("x", List.of("*")), Map.of());
        SourceModel model = Children.model(SourceKind.SCIKIT_LEARN, "logistic.joblib", CLASSES, folder);

        SourceAnswer answer = SourceChild.predict(model, fed, folder.resolve("rows.csv"), Children.work(folder));

        assertThat(answer.model()).isNull();
        assertThat(answer.outputs()).hasSize(2);
    }

    private void train(String model) {
        trainings.ask(Map.of("ask", "train", "model", model, "folder", folder.toString()));
    }

    private SourceAnswer export(SourceModel model, List<FedTensor> fed) throws IOException, InterruptedException {
        return SourceChild.export(model, fed, folder.resolve("rows.csv"), Children.work(folder));
    }
}
