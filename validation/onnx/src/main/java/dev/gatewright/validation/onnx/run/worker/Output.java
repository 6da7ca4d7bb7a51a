// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an output of the model is, as its first answer shows. */
final class Output {
    private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    final String name;
    final ElementType type;
    /** The axes of a row. */
    final long[] rowShape;

    final int rowSize;
    /** The column of each key of a sequence of maps, by the key as ONNX Runtime gives it; empty for a tensor. */
    final Map<Object, Integer> columns;

    final List<String> keys;

    private Output(String name, ElementType type, long[] rowShape, int rowSize, List<Object> keys) {
        this.name = name;
        this.type = type;
        this.rowShape = rowShape;
        this.rowSize = rowSize;
        this.columns = new HashMap<>();
        this.keys = new ArrayList<>();
        for (Object key : keys) {
            columns.put(key, columns.size());
            this.keys.add(String.valueOf(key));
        }
    }

    /** The output that gave {@code value} for a batch of {@code rows} rows. */
    static Output of(String name, OnnxValue value, int rows) throws Failure, OrtException {
        if (value instanceof OnnxTensor tensor) {
            return ofTensor(name, tensor.getInfo(), rows);
        }
        if (value instanceof OnnxSequence sequence && sequence.getInfo().isSequenceOfMaps()) {
            return ofMaps(name, sequence, rows);
        }
        throw unusable(name, "is neither a tensor nor a sequence of maps");
    }

    private static Output ofTensor(String name, TensorInfo info, int rows) throws Failure {
        ElementType type = type(name, info);
        long[] shape = info.getShape();
        checkRows(name, shape, rows);
        long[] rowShape = Arrays.copyOfRange(shape, 1, shape.length);
        long size = 1;
        for (long axis : rowShape) {
            size *= axis;
        }
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw unusable(name, "has " + size + " elements a row");
        }
        return new Output(name, type, rowShape, (int) size, List.of());
    }

    static ElementType type(String name, TensorInfo info) throws Failure {
        String type = info.onnxType.name().substring(TYPE_PREFIX.length());
        try {
            return ElementType.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw unusable(name, "holds " + type);
        }
    }

    static void checkRows(String name, long[] shape, int rows) throws Failure {
        if (shape.length == 0 || shape[0] != rows) {
            throw unusable(
                    name,
                    "has the shape " + Arrays.toString(shape) + " for a batch of " + rows
                            + " rows: its first axis is not the rows");
        }
    }

    private static Output ofMaps(String name, OnnxSequence sequence, int rows) throws Failure, OrtException {
        List<? extends OnnxValue> maps = sequence.getValue();
        try {
            checkRows(name, new long[] {maps.size()}, rows);
            OnnxMap first = (OnnxMap) maps.get(0);
            MapInfo info = first.getInfo();
            ElementType type = switch (info.valueType) {
                case FLOAT -> ElementType.FLOAT;
                case DOUBLE -> ElementType.DOUBLE;
                case INT64 -> ElementType.INT64;
                default -> throw unusable(name, "is a sequence of maps to " + info.valueType);
            };
            List<Object> keys = sorted(first.getValue().keySet());
            if (keys.isEmpty()) {
                throw unusable(name, "is a sequence of empty maps");
            }
            return new Output(name, type, new long[] {keys.size()}, keys.size(), keys);
        } finally {
            for (OnnxValue map : maps) {
                map.close();
            }
        }
    }

    /** Ascending: numbers by their size, texts by their code points. */
    private static List<Object> sorted(java.util.Set<? extends Object> keys) {
        Object[] sorted = keys.toArray();
        Arrays.sort(sorted, new KeyOrder());
        return Arrays.asList(sorted);
    }

    private static final class KeyOrder implements java.util.Comparator<Object> {
        @Override
        public int compare(Object left, Object right) {
            if (left instanceof Long one && right instanceof Long other) {
                return Long.compare(one, other);
            }
            return Arrays.compare(
                    left.toString().codePoints().toArray(),
                    right.toString().codePoints().toArray());
        }
    }

    /** Whether ONNX Runtime can write it straight into shared memory. */
    boolean isDirect() {
        return keys.isEmpty() && type != ElementType.STRING && type.carrier() == type;
    }

    static Failure unusable(String name, String why) {
        return new Failure(
                WorkerFailure.Kind.REFUSED,
                "Output '" + name + "' of the model " + why + ". Next: export the model so that each output is a tensor"
                        + " (or scikit-learn's sequence of maps) with the rows on its first axis.");
    }
}
