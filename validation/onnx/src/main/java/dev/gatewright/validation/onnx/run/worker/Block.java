// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.gatewright.validation.onnx.run.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A slot as the worker sees it: the memory of its inputs and outputs, and tensors over its whole batches. */
final class Block {
    final int number;
    private final LoadedModel model;
    private final Layout layout;
    private final ByteBuffer[] inputs;
    private final @Nullable List<String>[] inputTexts;
    private final @Nullable Map<String, OnnxTensor>[] wholeInputs;
    private final @Nullable Map<String, OnnxTensor>[] wholeOutputs;
    private List<Output> outputs = List.of();
    private ByteBuffer[] outputMemory = {};
    private String[][] outputTexts = {};

    /** How rows lie in a slot. */
    static final class Layout {
        final int batch;
        final int capacity;
        final long[] inputOffsets;
        final int[][] rowShapes;
        final int[] rowSizes;

        Layout(int batch, int capacity, long[] inputOffsets, int[][] rowShapes) {
            this.batch = batch;
            this.capacity = capacity;
            this.inputOffsets = inputOffsets;
            this.rowShapes = rowShapes;
            this.rowSizes = new int[rowShapes.length];
            for (int i = 0; i < rowShapes.length; i++) {
                rowSizes[i] = 1;
                for (int axis : rowShapes[i]) {
                    rowSizes[i] *= axis;
                }
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types.
    Block(int number, LoadedModel model, Layout layout, ByteBuffer memory) {
        this.number = number;
        this.model = model;
        this.layout = layout;
        int batches = layout.capacity / layout.batch;
        this.wholeInputs = new Map[batches];
        this.wholeOutputs = new Map[batches];
        this.inputs = new ByteBuffer[model.inputs.size()];
        this.inputTexts = new List[model.inputs.size()];
        for (int i = 0; i < inputs.length; i++) {
            int bytes = layout.capacity * rowBytes(i);
            inputs[i] = slice(memory, (int) layout.inputOffsets[i], bytes);
        }
    }

    /** Takes the memory of the outputs. */
    void setOutputs(List<Output> all, ByteBuffer memory, long[] offsets) {
        outputs = all;
        outputMemory = new ByteBuffer[all.size()];
        outputTexts = new String[all.size()][];
        for (int i = 0; i < outputMemory.length; i++) {
            Output output = all.get(i);
            boolean texts = output.type == ElementType.STRING;
            int elements = layout.capacity * output.rowSize;
            outputTexts[i] = texts ? new String[elements] : new String[0];
            outputMemory[i] = slice(
                    memory, (int) offsets[i], elements * output.type.carrier().bytes());
        }
    }

    void setTexts(int input, List<String> texts) {
        inputTexts[input] = texts;
    }

    ByteBuffer outputMemory(int output) {
        return outputMemory[output];
    }

    String[] outputTexts(int output) {
        return outputTexts[output];
    }

    /** Repeats the last of {@code rows} rows until the batch that it is in is full, for a model that takes no other. */
    void pad(int rows) {
        int end = (rows + layout.batch - 1) / layout.batch * layout.batch;
        for (int i = 0; i < inputs.length; i++) {
            List<String> texts = inputTexts[i];
            int size = layout.rowSizes[i];
            if (texts != null) {
                for (int element = rows * size; element < end * size; element++) {
                    texts.add(texts.get(element - size));
                }
            }
            int bytes = rowBytes(i);
            for (int row = rows; row < end; row++) {
                inputs[i].put(row * bytes, inputs[i], (rows - 1) * bytes, bytes);
            }
        }
    }

    /** Tensors over {@code rows} rows of the inputs from {@code first} on. */
    Map<String, OnnxTensor> inputs(int first, int rows, HalfMemory halves) throws OrtException {
        boolean keeps = rows == layout.batch && first % rows == 0 && hasSteadyInputs();
        Map<String, OnnxTensor> kept = keeps ? wholeInputs[first / rows] : null;
        if (kept != null) {
            return kept;
        }
        Map<String, OnnxTensor> tensors = new TreeMap<>();
        for (int i = 0; i < inputs.length; i++) {
            tensors.put(model.inputs.get(i).name, input(i, first, rows, halves));
        }
        if (keeps) {
            wholeInputs[first / rows] = tensors;
        }
        return tensors;
    }

    private OnnxTensor input(int index, int first, int rows, HalfMemory halves) throws OrtException {
        ElementType type = model.inputs.get(index).type;
        long[] shape = shape(rows, layout.rowShapes[index]);
        int size = layout.rowSizes[index];
        List<String> texts = inputTexts[index];
        if (type == ElementType.STRING && texts != null) {
            String[] elements =
                    texts.subList(first * size, (first + rows) * size).toArray(new String[0]);
            return OnnxTensor.createTensor(model.environment, elements, shape);
        }
        ByteBuffer memory = slice(inputs[index], first * rowBytes(index), rows * rowBytes(index));
        if (type.carrier() != type) {
            memory = halves.filled(index, memory.asFloatBuffer(), type);
        }
        return Tensors.over(model.environment, memory, shape, type);
    }

    /** Tensors over {@code rows} rows from {@code first} on of those outputs that ONNX Runtime writes by itself. */
    Map<String, OnnxTensor> directOutputs(int first, int rows) throws OrtException {
        boolean keeps = rows == layout.batch && first % rows == 0;
        Map<String, OnnxTensor> kept = keeps ? wholeOutputs[first / rows] : null;
        if (kept != null) {
            return kept;
        }
        Map<String, OnnxTensor> tensors = new TreeMap<>();
        for (int i = 0; i < outputMemory.length; i++) {
            Output output = outputs.get(i);
            if (output.isDirect()) {
                int bytes = output.rowSize * output.type.bytes();
                long[] shape = new long[output.rowShape.length + 1];
                shape[0] = rows;
                System.arraycopy(output.rowShape, 0, shape, 1, output.rowShape.length);
                ByteBuffer memory = slice(outputMemory[i], first * bytes, rows * bytes);
                tensors.put(output.name, Tensors.over(model.environment, memory, shape, output.type));
            }
        }
        if (keeps) {
            wholeOutputs[first / rows] = tensors;
        }
        return tensors;
    }

    /** Whether {@code tensors} are kept for the next time, and so not to be closed. */
    boolean keeps(Map<String, OnnxTensor> tensors) {
        for (int i = 0; i < wholeInputs.length; i++) {
            if (wholeInputs[i] == tensors || wholeOutputs[i] == tensors) {
                return true;
            }
        }
        return false;
    }

    /** Whether tensors over the inputs stay right when the memory below them is filled anew. */
    private boolean hasSteadyInputs() {
        for (LoadedModel.Input input : model.inputs) {
            if (input.type == ElementType.STRING || input.type.carrier() != input.type) {
                return false;
            }
        }
        return true;
    }

    private int rowBytes(int input) {
        return layout.rowSizes[input] * model.inputs.get(input).type.carrier().bytes();
    }

    private static long[] shape(int rows, int[] axes) {
        long[] shape = new long[axes.length + 1];
        shape[0] = rows;
        for (int i = 0; i < axes.length; i++) {
            shape[i + 1] = axes[i];
        }
        return shape;
    }

    static ByteBuffer slice(ByteBuffer memory, int offset, int bytes) {
        return memory.slice(offset, bytes).order(ByteOrder.nativeOrder());
    }

    /** Memory of one thread for inputs that the model takes as short floats. */
    static final class HalfMemory {
        private ByteBuffer[] memory = {};

        ByteBuffer filled(int input, FloatBuffer floats, ElementType type) {
            if (input >= memory.length) {
                memory = Arrays.copyOf(memory, input + 1);
            }
            int bytes = floats.remaining() * Short.BYTES;
            ByteBuffer target = memory[input];
            if (target == null || target.capacity() < bytes) {
                target = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
                memory[input] = target;
            }
            boolean half = type == ElementType.FLOAT16;
            for (int i = 0; i < floats.remaining(); i++) {
                float value = floats.get(i);
                target.putShort(i * Short.BYTES, half ? Halves.toHalf(value) : Halves.toBrain(value));
            }
            return slice(target, 0, bytes);
        }
    }
}
