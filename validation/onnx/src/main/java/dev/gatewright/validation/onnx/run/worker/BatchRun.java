// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs batches, on one thread. Numbers go from ONNX Runtime straight into shared memory; what it cannot write there (texts,
 * maps, short floats) is copied.
 */
final class BatchRun {
    private final LoadedModel model;
    private final List<Output> outputs;
    private final Set<String> copied = new HashSet<>();
    private final Block.HalfMemory halves = new Block.HalfMemory();

    /** @param outputs empty as long as they are not known */
    BatchRun(LoadedModel model, List<Output> outputs) {
        this.model = model;
        this.outputs = outputs;
        for (Output output : outputs) {
            if (!output.isDirect()) {
                copied.add(output.name);
            }
        }
    }

    /** Runs {@code rows} rows of {@code block} from {@code first} on. */
    void run(Block block, int first, int rows) throws Failure {
        Map<String, OnnxTensor> inputs = Map.of();
        Map<String, OnnxTensor> direct = Map.of();
        try {
            inputs = block.inputs(first, rows, halves);
            direct = block.directOutputs(first, rows);
            try (OrtSession.Result result = model.session.run(inputs, copied, direct)) {
                for (int i = 0; i < outputs.size(); i++) {
                    Output output = outputs.get(i);
                    if (!output.isDirect()) {
                        copy(value(result, output), output, block, i, first, rows);
                    }
                }
            }
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            close(block, inputs);
            close(block, direct);
        }
    }

    /** Runs rows without knowing the outputs; the result is the caller's. */
    OrtSession.Result explore(Block block, int rows) throws Failure {
        Map<String, OnnxTensor> inputs = Map.of();
        try {
            inputs = block.inputs(0, rows, halves);
            return model.session.run(inputs);
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            close(block, inputs);
        }
    }

    /** Copies all of a result of {@link #explore}. */
    void copyAll(OrtSession.Result result, Block block, int rows) throws Failure {
        try {
            for (int i = 0; i < outputs.size(); i++) {
                copy(value(result, outputs.get(i)), outputs.get(i), block, i, 0, rows);
            }
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    static Failure failed(OrtException e) {
        return Failure.of(
                WorkerFailure.Kind.RUN_FAILED,
                "ONNX Runtime failed on a batch: ",
                e,
                ". Next: run the model on the same rows in the framework that it comes from; if that works, export it"
                        + " anew.");
    }

    private static OnnxValue value(OrtSession.Result result, Output output) throws Failure {
        Optional<OnnxValue> value = result.get(output.name);
        if (value.isEmpty()) {
            throw Output.unusable(output.name, "was not computed");
        }
        return value.get();
    }

    private static void copy(OnnxValue value, Output output, Block block, int index, int first, int rows)
            throws OrtException, Failure {
        if (value instanceof OnnxSequence sequence) {
            copyMaps(sequence, output, block.outputMemory(index), first, rows);
            return;
        }
        OnnxTensor tensor = (OnnxTensor) value;
        long[] shape = tensor.getInfo().getShape();
        Output.checkRows(output.name, shape, rows);
        if (!Arrays.equals(Arrays.copyOfRange(shape, 1, shape.length), output.rowShape)) {
            throw Output.unusable(
                    output.name,
                    "has rows of the shape " + Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length))
                            + " after rows of the shape " + Arrays.toString(output.rowShape));
        }
        int start = first * output.rowSize;
        if (output.type == ElementType.STRING) {
            flatten(tensor.getValue(), block.outputTexts(index), start);
            return;
        }
        ByteBuffer from = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
        ByteBuffer to = block.outputMemory(index);
        if (output.type.carrier() == output.type) {
            to.put(start * output.type.bytes(), from, 0, from.remaining());
            return;
        }
        boolean half = output.type == ElementType.FLOAT16;
        for (int i = 0; i < rows * output.rowSize; i++) {
            short bits = from.getShort(i * Short.BYTES);
            to.putFloat((start + i) * Float.BYTES, half ? Halves.ofHalf(bits) : Halves.ofBrain(bits));
        }
    }

    static int flatten(Object value, String[] texts, int start) {
        int next = start;
        if (value instanceof Object[] elements) {
            for (Object element : elements) {
                next = flatten(element, texts, next);
            }
        } else {
            texts[next++] = (String) value;
        }
        return next;
    }

    static void copyMaps(OnnxSequence sequence, Output output, ByteBuffer to, int first, int rows)
            throws OrtException, Failure {
        List<? extends OnnxValue> maps = sequence.getValue();
        try {
            Output.checkRows(output.name, new long[] {maps.size()}, rows);
            for (int row = 0; row < rows; row++) {
                Map<?, ?> map = ((OnnxMap) maps.get(row)).getValue();
                if (map.size() != output.rowSize) {
                    throw otherKeys(output, map);
                }
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    Integer column = output.columns.get(entry.getKey());
                    if (column == null) {
                        throw otherKeys(output, map);
                    }
                    put(to, (first + row) * output.rowSize + column, output.type, (Number) entry.getValue());
                }
            }
        } finally {
            for (OnnxValue map : maps) {
                map.close();
            }
        }
    }

    private static void put(ByteBuffer to, int element, ElementType type, Number value) {
        switch (type) {
            case FLOAT -> to.putFloat(element * Float.BYTES, value.floatValue());
            case DOUBLE -> to.putDouble(element * Double.BYTES, value.doubleValue());
            default -> to.putLong(element * Long.BYTES, value.longValue());
        }
    }

    private static Failure otherKeys(Output output, Map<?, ?> map) {
        return Output.unusable(
                output.name, "has the keys " + map.keySet() + " in one row and " + output.keys + " in another");
    }

    private static void close(Block block, Map<String, OnnxTensor> tensors) {
        if (!block.keeps(tensors)) {
            for (OnnxTensor tensor : tensors.values()) {
                tensor.close();
            }
        }
    }
}
