// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static dev.gatewright.validation.testkit.onnx.Onnx.DOUBLE;
import static dev.gatewright.validation.testkit.onnx.Onnx.FLOAT;
import static dev.gatewright.validation.testkit.onnx.Onnx.INT64;
import static dev.gatewright.validation.testkit.onnx.Onnx.STRING;
import static dev.gatewright.validation.testkit.onnx.Onnx.nodeMessage;
import static dev.gatewright.validation.testkit.onnx.Onnx.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.onnx.model.TensorData.InFile;
import dev.gatewright.validation.onnx.model.TensorData.InMessage;
import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDescriptionTest {
    @TempDir
    private Path folder;

    @Test
    void describesAClassifier() {
        Onnx classifier = Onnx.softmaxClassifier(new float[][] {{1, 2, 3}, {4, 5, 6}}, new float[] {7, 8, 9})
                .metadata("classes", "a,b,c")
                .metadata("author", "Ada");

        ModelDescription description = describe(classifier.toBytes());

        assertThat(description.irVersion()).isEqualTo(8);
        assertThat(description.producerName()).isEqualTo("gatewright-testkit");
        assertThat(description.graphName()).isEqualTo("graph");
        assertThat(description.opsets()).containsExactly(new OpsetImport("ai.onnx", 17));
        assertThat(description.inputs()).hasToString("[ValueInfo[name=x, type=tensor(float)[N, 2]]]");
        assertThat(description.outputs()).hasToString("[ValueInfo[name=scores, type=tensor(float)[N, 3]]]");
        assertThat(description.metadata()).hasToString("{author=Ada, classes=a,b,c}");
        assertThat(description.operators())
                .containsExactly(new OperatorCount("ai.onnx", "Gemm", 1), new OperatorCount("ai.onnx", "Softmax", 1));
        assertThat(description.parameters()).isEqualTo(9);
        assertThat(description.initializerBytes()).isEqualTo(36);
        assertThat(description.bytes()).isEqualTo(classifier.toBytes().length);
    }

    @Test
    void tellsProducerDomainAndVersions() {
        Proto model = Models.model(Models.reluGraph())
                .string(2, "maker")
                .string(3, "1.2")
                .string(4, "org.example")
                .varint(5, 42)
                .message(8, Models.opset("ai.onnx", 17))
                .message(8, Models.opset("com.microsoft", 1));

        ModelDescription description = describe(model.toBytes());

        assertThat(description.producerVersion()).isEqualTo("1.2");
        assertThat(description.domain()).isEqualTo("org.example");
        assertThat(description.modelVersion()).isEqualTo(42);
        assertThat(description.opsets())
                .containsExactly(
                        new OpsetImport("ai.onnx", 17),
                        new OpsetImport("ai.onnx", 17),
                        new OpsetImport("com.microsoft", 1));
    }

    @Test
    void readsEveryKindOfType() {
        Proto open = new Proto().varint(1, FLOAT);
        Proto shape = new Proto()
                .message(1, new Proto().varint(1, 3))
                .message(1, new Proto().string(2, "batch"))
                .message(1, new Proto())
                .message(1, new Proto().varint(1, -1));
        Proto shaped = new Proto().varint(1, DOUBLE).message(2, shape);
        Proto string = new Proto().message(1, new Proto().varint(1, STRING).message(2, new Proto()));
        Proto graph = Models.reluGraph();
        input(graph, "unranked", new Proto().message(1, open));
        input(graph, "shaped", new Proto().message(1, shaped));
        input(graph, "scalar", string);
        input(graph, "sparse", new Proto().message(8, shaped));
        input(graph, "sequence", new Proto().message(4, new Proto().message(1, string)));
        input(graph, "optional", new Proto().message(9, new Proto().message(1, string)));
        input(graph, "map", new Proto().message(5, new Proto().varint(1, INT64).message(2, string)));
        input(
                graph,
                "opaque",
                new Proto().message(7, new Proto().string(1, "org").string(2, "thing")));

        assertThat(describe(Models.model(graph).toBytes()).inputs())
                .extracting(input -> input.name() + " " + input.type())
                .containsExactly(
                        "x tensor(float)[N, 2]",
                        "unranked tensor(float)",
                        "shaped tensor(double)[3, batch, ?, ?]",
                        "scalar tensor(string)[]",
                        "sparse sparse_tensor(double)[3, batch, ?, ?]",
                        "sequence seq(tensor(string)[])",
                        "optional optional(tensor(string)[])",
                        "map map(int64, tensor(string)[])",
                        "opaque opaque(org, thing)");
    }

    private static void input(Proto graph, String name, Proto type) {
        graph.message(11, new Proto().string(1, name).message(2, type));
    }

    @Test
    void leavesOutInputsThatHaveAnInitializer() {
        Onnx model = Models.relu().input("w", FLOAT, "2").floats("w", "2", 1, 2);

        assertThat(describe(model.toBytes()).inputs())
                .extracting(ValueInfo::name)
                .containsExactly("x");
    }

    @Test
    void countsOperatorsInSubgraphsAndFunctionsOnceEach() {
        Proto branch = Models.branch("out", nodeMessage("", "Relu", "x", "a"), nodeMessage("", "Relu", "a", "b"));
        Proto function = Models.function("local", "F", nodeMessage("", "Relu", "a", "b"));
        Proto model = Models.model(Models.reluGraph()
                        .message(1, nodeMessage("", "If", "x", "z", Onnx.graph("then_branch", branch)))
                        .message(1, nodeMessage("local", "F", "x", "f"))
                        .message(1, nodeMessage("local", "F", "f", "g")))
                .message(25, function);

        assertThat(describe(model.toBytes()).operators())
                .containsExactly(
                        new OperatorCount("ai.onnx", "Constant", 1),
                        new OperatorCount("ai.onnx", "If", 1),
                        new OperatorCount("ai.onnx", "Relu", 4),
                        new OperatorCount("local", "F", 2));
    }

    @Test
    void countsParametersOfSubgraphsButListsThoseOfTheMainGraph() {
        Proto branch = Models.branch("out").message(5, Models.zeros(tensor("inner", FLOAT, "5"), 20));
        Proto model = Models.model(Models.reluGraph()
                .message(5, Models.zeros(tensor("w", FLOAT, "2,3"), 24))
                .message(15, SparseHazards.diagonal("s"))
                .message(1, nodeMessage("", "If", "x", "z", Onnx.graph("then_branch", branch))));

        ModelDescription description = describe(model.toBytes());

        assertThat(description.initializers()).extracting(StoredTensor::name).containsExactly("w", "s");
        assertThat(description.parameters()).isEqualTo(6 + 9 + 5);
        assertThat(description.initializerBytes()).isEqualTo(4 * (6 + 9 + 5));
    }

    @Test
    void tellsWhereRawValuesLie() throws IOException {
        Path file = Models.relu().floats("v", "1", 42).floats("w", "3", 1, 2, 3).writeTo(folder.resolve("model.onnx"));

        StoredTensor tensor = ModelFile.open(file, SafetyLimits.strict())
                .description()
                .initializers()
                .get(1);

        assertThat(tensor.type()).isEqualTo(ElementType.FLOAT);
        assertThat(tensor.dimensions()).containsExactly(3L);
        assertThat(tensor.elements()).isEqualTo(3);
        assertThat(tensor.bytes()).isEqualTo(12);
        assertThat(floats(Files.readAllBytes(file), (InFile) tensor.data())).containsExactly(1, 2, 3);
        assertThat(((InFile) tensor.data()).path()).isEqualTo("model.onnx");
    }

    @Test
    void tellsWhereExternalValuesLie() throws IOException {
        ByteBuffer values = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        Files.createDirectory(folder.resolve("data"));
        Files.write(
                folder.resolve("data/weights"),
                values.putFloat(0)
                        .putFloat(1)
                        .putFloat(2)
                        .putFloat(3)
                        .putFloat(4)
                        .array());
        Path file = Models.withInitializer(RangeHazards.external("w", "2", "./data/weights", "8", null))
                .writeTo(folder.resolve("model.onnx"));

        ModelDescription description =
                ModelFile.open(file, SafetyLimits.strict()).description();

        assertThat(description.initializers().get(0).data()).isEqualTo(new InFile("data/weights", 8, 8));
        assertThat(description.bytes()).isEqualTo(Files.size(file) + 20);
    }

    @Test
    void tellsInWhichMessageTypedValuesLie() throws IOException {
        Proto tensor = tensor("w", FLOAT, "2").float32(4, 1).float32(4, 2);
        Path file = Models.withInitializer(tensor).writeTo(folder.resolve("model.onnx"));

        InMessage data = (InMessage) ModelFile.open(file, SafetyLimits.strict())
                .description()
                .initializers()
                .get(0)
                .data();

        byte[] bytes = Files.readAllBytes(file);
        assertThat(Arrays.copyOfRange(bytes, (int) data.offset(), (int) (data.offset() + data.bytes())))
                .isEqualTo(tensor.toBytes());
    }

    @Test
    void tellsWhereSparseValuesAndIndicesLie() {
        StoredTensor sparse = describe(Models.model(Models.reluGraph().message(15, SparseHazards.diagonal("s")))
                        .toBytes())
                .initializers()
                .get(0);

        assertThat(sparse.dimensions()).containsExactly(3L, 3L);
        TensorData.Sparse data = (TensorData.Sparse) sparse.data();
        assertThat(data.values().dimensions()).containsExactly(2L);
        assertThat(data.indices()).isNotNull().extracting(StoredTensor::type).isEqualTo(ElementType.INT64);
    }

    @Test
    void countsTextWithWhatItsStringsTake() {
        Onnx model =
                Models.withInitializer(tensor("w", STRING, "2").string(6, "ab").string(6, "cde"));

        assertThat(describe(model.toBytes()).initializerBytes()).isEqualTo(5 + 2 * 32);
    }

    @Test
    void givesListsThatNobodyCanChange() {
        ModelDescription description = describe(Models.relu().metadata("k", "v").toBytes());

        for (List<?> list : List.of(
                description.opsets(),
                description.inputs(),
                description.outputs(),
                description.operators(),
                description.initializers())) {
            assertThat(list).isUnmodifiable();
        }
        assertThat(description.metadata()).isUnmodifiable();
    }

    private ModelDescription describe(byte[] model) {
        try {
            Path file = Files.write(folder.resolve("described.onnx"), model);
            return ModelFile.open(file, SafetyLimits.strict()).description();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static float[] floats(byte[] file, InFile data) {
        ByteBuffer bytes =
                ByteBuffer.wrap(file, (int) data.offset(), (int) data.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[(int) data.bytes() / 4];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }
}
