// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.onnx.graph.UnchangeableModelException;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every scheme does alike. */
class QuantizerTest {
    @TempDir
    Path folder;

    static List<Scheme> schemes() {
        return List.of(
                new DynamicInt8(false, false),
                new DynamicInt8(true, true),
                new WeightOnly(4, 16, true),
                new WeightOnly(8, 32, false),
                new Float16(Set.of()),
                new StaticInt8(false, false, false, ranges()));
    }

    private static Ranges ranges() {
        Ranges.Range range = new Ranges.Range(-1, 1);
        return new Ranges(Map.of("x", range, "hidden", range, "y", range));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void writesTheSameBytesEachTime(Scheme scheme) throws Exception {
        ModelFile model = twoProducts(1);
        Quantizer.quantize(model, scheme, Set.of(), folder.resolve("one.onnx"));
        Quantizer.quantize(model, scheme, Set.of(), folder.resolve("other.onnx"));
        assertThat(folder.resolve("one.onnx")).hasSameBinaryContentAs(folder.resolve("other.onnx"));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void namesTheNodesThatItQuantisesAndLeavesOutThoseThatAreExcluded(Scheme scheme) throws Exception {
        ModelFile model = twoProducts(1);
        assertThat(Quantizer.candidates(model, scheme))
                .extracting(QuantizedNode::name)
                .containsExactly("hidden", "y");
        QuantizedModel made = Quantizer.quantize(model, scheme, Set.of("hidden"), folder.resolve("made.onnx"));
        assertThat(made.nodes()).extracting(QuantizedNode::name).containsExactly("y");
        assertThat(made.nodes()).extracting(QuantizedNode::weights).containsExactly(64L);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void refusesWeightsThatAreNoNumbersAndLeavesNoFile(Scheme scheme) throws Exception {
        ModelFile model = twoProducts(Float.NaN);
        byte[] before = Files.readAllBytes(model.path());
        assertThatThrownBy(() -> Quantizer.quantize(model, scheme, Set.of(), folder.resolve("made.onnx")))
                .isInstanceOf(UnquantizableModelException.class)
                .hasMessageContaining("'a'")
                .hasMessageContaining("NaN");
        assertThat(names()).containsExactly("model.onnx");
        assertThat(model.path()).hasBinaryContent(before);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void hasNothingToQuantiseInAModelOfTrees(Scheme scheme) throws Exception {
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "N,1")
                .machineLearningNode(
                        "TreeEnsembleRegressor",
                        "x",
                        "y",
                        Onnx.integers("nodes_treeids", 0),
                        Onnx.integers("nodes_nodeids", 0),
                        Onnx.strings("nodes_modes", List.of("LEAF")),
                        Onnx.integers("target_treeids", 0),
                        Onnx.integers("target_nodeids", 0),
                        Onnx.integers("target_ids", 0),
                        Onnx.integer("n_targets", 1))
                .output("y", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve("trees.onnx"));
        assertThat(Quantizer.candidates(ModelFile.open(file, SafetyLimits.strict()), scheme))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void leavesNoFileWhereItWasInterrupted(Scheme scheme) throws Exception {
        ModelFile model = twoProducts(1);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Quantizer.quantize(model, scheme, Set.of(), folder.resolve("made.onnx")))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isFalse();
        }
        assertThat(names()).containsExactly("model.onnx");
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void keepsTheFileThatStandsWhereItCannotWrite(Scheme scheme) throws Exception {
        ModelFile model = twoProducts(Float.NaN);
        Files.writeString(folder.resolve("made.onnx"), "before");
        assertThatThrownBy(() -> Quantizer.quantize(model, scheme, Set.of(), folder.resolve("made.onnx")))
                .isInstanceOf(UnquantizableModelException.class);
        assertThat(folder.resolve("made.onnx")).hasContent("before");
    }

    @Test
    void refusesAnOldOperatorSetWithTheOneThatItNeeds() {
        ModelFile model = open(product(10));
        for (Scheme scheme : List.of(new DynamicInt8(false, false), new StaticInt8(false, false, false, ranges()))) {
            assertThatThrownBy(() -> Quantizer.candidates(model, scheme))
                    .isInstanceOf(UnquantizableModelException.class)
                    .hasMessageContaining("version 10")
                    .hasMessageContaining("needs 11");
        }
        assertThatThrownBy(() -> Quantizer.candidates(open(product(12)), new StaticInt8(true, false, false, ranges())))
                .hasMessageContaining("needs 13");
    }

    @Test
    void asksForTheRangeThatCalibrationDidNotSee() {
        StaticInt8 scheme = new StaticInt8(false, false, false, new Ranges(Map.of()));
        assertThatThrownBy(() -> Quantizer.quantize(twoProducts(1), scheme, Set.of(), folder.resolve("made.onnx")))
                .isInstanceOf(UnquantizableModelException.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void refusesHalvesThatAreTooLarge() {
        assertThatThrownBy(() -> Quantizer.quantize(
                        twoProducts(70_000), new Float16(Set.of()), Set.of(), folder.resolve("made.onnx")))
                .isInstanceOf(UnquantizableModelException.class)
                .hasMessageContaining("70000")
                .hasMessageContaining("65504");
    }

    @Test
    void takesWeightsOutOfNodes() throws Exception {
        ModelFile model = withConstant(1);
        for (Scheme scheme : List.of(new DynamicInt8(false, false), new WeightOnly(4, 16, true))) {
            QuantizedModel made = Quantizer.quantize(model, scheme, Set.of(), folder.resolve("made.onnx"));
            assertThat(made.nodes()).extracting(QuantizedNode::name).containsExactly("y");
            assertThat(made.nodes()).extracting(QuantizedNode::weights).containsExactly(64L);
        }
    }

    @Test
    void leavesAConstantThatNoHalfCanStandForInItsNode() throws Exception {
        QuantizedModel made = Quantizer.quantize(
                withConstant(-Float.MAX_VALUE), new Float16(Set.of()), Set.of(), folder.resolve("made.onnx"));
        assertThat(made.nodes()).extracting(QuantizedNode::name).containsExactly("y");
    }

    /** A product by a matrix of {@code weight}, which a node holds. */
    private ModelFile withConstant(float weight) {
        ByteBuffer bytes = ByteBuffer.allocate(64 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 64; i++) {
            bytes.putFloat(weight);
        }
        Proto tensor = Onnx.tensor("", Onnx.FLOAT, "8,8").bytes(9, bytes.array());
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "N,8")
                .node(
                        "Constant",
                        "",
                        "a",
                        new Proto().string(1, "value").message(5, tensor).varint(20, 4))
                .node("MatMul", "x,a", "y")
                .output("y", Onnx.FLOAT, "N,8")
                .writeTo(folder.resolve("model.onnx"));
        return ModelFile.open(file, SafetyLimits.strict());
    }

    @Test
    void doesNotMoveATensorInsideANodeAwayFromItsFile() throws Exception {
        byte[] weights = new byte[16];
        Files.write(folder.resolve("weights.bin"), weights);
        Proto tensor = Onnx.tensor("inside", Onnx.FLOAT, "4")
                .message(13, Onnx.entry("location", "weights.bin"))
                .varint(14, 1);
        Proto attribute = new Proto().string(1, "value").message(5, tensor).varint(20, 4);
        Path file = product(17).node("Constant", "", "constant", attribute).writeTo(folder.resolve("inside.onnx"));
        ModelFile model = ModelFile.open(file, SafetyLimits.strict());
        assertThatThrownBy(() -> Quantizer.candidates(model, new DynamicInt8(false, false)))
                .isInstanceOf(UnchangeableModelException.class)
                .hasMessageContaining("'inside'");
    }

    @Test
    void readsWeightsThatLieInAFileOfTheirOwn() throws Exception {
        byte[] weights = new byte[64 * Float.BYTES];
        Arrays.fill(weights, (byte) 0x3F);
        Files.write(folder.resolve("weights.bin"), weights);
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "N,8")
                .external("a", Onnx.FLOAT, "8,8", "weights.bin", 0L, (long) weights.length)
                .node("MatMul", "x,a", "y")
                .output("y", Onnx.FLOAT, "N,8")
                .writeTo(folder.resolve("outside.onnx"));
        ModelFile model = ModelFile.open(file, SafetyLimits.strict());
        QuantizedModel made =
                Quantizer.quantize(model, new DynamicInt8(false, false), Set.of(), folder.resolve("made.onnx"));
        ModelFile small = ModelFile.open(made.path(), SafetyLimits.strict());
        assertThat(small.files()).hasSize(1);
        assertThat(small.description().initializerBytes()).isEqualTo(64 + Float.BYTES + 1);
    }

    private ModelFile twoProducts(float first) {
        float[] a = new float[64];
        float[] b = new float[64];
        for (int i = 0; i < 64; i++) {
            a[i] = i / 64f;
            b[i] = -i / 64f;
        }
        a[5] = first;
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "N,8")
                .floats("a", "8,8", a)
                .floats("b", "8,8", b)
                .node("MatMul", "x,a", "hidden")
                .node("MatMul", "hidden,b", "y")
                .output("y", Onnx.FLOAT, "N,8")
                .writeTo(folder.resolve("model.onnx"));
        return ModelFile.open(file, SafetyLimits.strict());
    }

    private static Onnx product(long opset) {
        return Onnx.model()
                .opset(opset)
                .input("x", Onnx.FLOAT, "N,2")
                .floats("a", "2,1", 1, 2)
                .node("MatMul", "x,a", "y")
                .output("y", Onnx.FLOAT, "N,1");
    }

    private ModelFile open(Onnx model) {
        return ModelFile.open(model.writeTo(folder.resolve("opened.onnx")), SafetyLimits.strict());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
