// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.onnx.model.ElementType;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that is read and written again is the same model, in one file or in two. */
class OnnxGraphTest {
    private static final int WIDTH = 40;

    @TempDir
    Path folder;

    private ModelFile original;

    @BeforeEach
    void write() {
        float[] weights = new float[WIDTH * WIDTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i;
        }
        Proto inner = Onnx.model()
                .node("Identity", "x", "inside")
                .output("inside", Onnx.FLOAT, "N," + WIDTH)
                .toGraph();
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "N," + WIDTH)
                .input("choice", Onnx.BOOL, "")
                .floats("w", WIDTH + "," + WIDTH, weights)
                .longs("shape", "2", -1, WIDTH)
                .initializer(typed())
                .node("MatMul", "x,w", "product")
                .node("Reshape", "product,shape", "shaped")
                .node("If", "choice", "chosen", Onnx.graph("then_branch", inner), Onnx.graph("else_branch", inner))
                .node("Add", "shaped,chosen", "sum")
                .node("Add", "sum,typed", "y")
                .output("y", Onnx.FLOAT, "N," + WIDTH)
                .metadata("license", "none")
                .writeTo(folder.resolve("model.onnx"));
        original = ModelFile.open(file, SafetyLimits.strict());
    }

    /** A tensor whose values stand in a field of floats, one field each. */
    private static Proto typed() {
        Proto tensor = Onnx.tensor("typed", Onnx.FLOAT, "" + WIDTH);
        for (int i = 0; i < WIDTH; i++) {
            tensor.float32(4, i / 2f);
        }
        return tensor;
    }

    @Test
    void isTheSameModelInOneFile() throws Exception {
        ModelFile copy = copied(Long.MAX_VALUE);
        assertThat(copy.files()).extracting(FileState::path).containsExactly("copy.onnx");
        isTheSame(copy);
    }

    @Test
    void isTheSameModelInTwoFilesWhereOneWouldBeTooLarge() throws Exception {
        ModelFile copy = copied(1000);
        assertThat(copy.files()).extracting(FileState::path).containsExactly("copy.onnx", "copy.onnx.data");
        isTheSame(copy);
    }

    @Test
    void removesTheSecondFileOfAnEarlierVersion() throws Exception {
        copied(1000);
        copied(Long.MAX_VALUE);
        assertThat(folder.resolve("copy.onnx.data")).doesNotExist();
    }

    @Test
    void takesWhatWasChanged() throws Exception {
        try (OnnxGraph graph = OnnxGraph.open(original)) {
            graph.metadata().put("gatewright.classes", "[\"a\"]");
            graph.opsets().put("com.microsoft", 1L);
            graph.graph().initializers().put("w", Tensor.scalar("w", 3));
            graph.write(folder.resolve("copy.onnx"));
        }
        ModelDescription changed = ModelFile.open(folder.resolve("copy.onnx"), SafetyLimits.strict())
                .description();
        assertThat(changed.metadata()).containsEntry("license", "none").containsEntry("gatewright.classes", "[\"a\"]");
        assertThat(changed.opsets()).extracting(opset -> opset.domain()).contains("com.microsoft");
        assertThat(changed.parameters()).isEqualTo(original.description().parameters() - WIDTH * WIDTH + 1);
    }

    @Test
    void knowsTheNamesInsideItsNodes() throws Exception {
        try (OnnxGraph graph = OnnxGraph.open(original)) {
            assertThat(graph.graph().names()).contains("inside", "w", "y", "choice");
            assertThat(graph.graph().readInside()).contains("x").doesNotContain("w");
        }
    }

    private ModelFile copied(long mostInside) throws IOException {
        try (OnnxGraph graph = OnnxGraph.open(original)) {
            graph.write(folder.resolve("copy.onnx"), mostInside);
        }
        return ModelFile.open(folder.resolve("copy.onnx"), SafetyLimits.strict());
    }

    private void isTheSame(ModelFile copy) throws IOException {
        ModelDescription was = original.description();
        ModelDescription is = copy.description();
        assertThat(is.inputs()).isEqualTo(was.inputs());
        assertThat(is.outputs()).isEqualTo(was.outputs());
        assertThat(is.operators()).isEqualTo(was.operators());
        assertThat(is.opsets()).isEqualTo(was.opsets());
        assertThat(is.metadata()).isEqualTo(was.metadata());
        assertThat(is.producerName()).isEqualTo(was.producerName());
        try (OnnxGraph one = OnnxGraph.open(original);
                OnnxGraph other = OnnxGraph.open(copy)) {
            assertThat(other.graph().nodes()).hasSameSizeAs(one.graph().nodes());
            for (String name : List.of("w", "shape", "typed")) {
                assertThat(values(other, name)).isEqualTo(values(one, name));
            }
            assertThat(numbers(other, "typed")).startsWith(0, 0.5f, 1);
        }
    }

    private static byte[] values(OnnxGraph graph, String name) throws IOException {
        return ((Bytes) graph.graph().initializers().get(name).values()).toArray();
    }

    private static float[] numbers(OnnxGraph graph, String name) throws IOException {
        assertThat(graph.graph().initializers().get(name).type()).isEqualTo(ElementType.FLOAT);
        byte[] bytes = values(graph, name);
        float[] numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }
}
