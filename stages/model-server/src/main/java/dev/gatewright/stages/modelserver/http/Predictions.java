// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.config.ServerConfig.Classes;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.worker.Halves;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each class was predicted: the largest of a row's numbers, the first of several, or the label that the model itself
 * gives, as a text or as a place among the classes. A row that says no class is counted as {@value #NONE}.
 */
final class Predictions {
    static final String NONE = "(none)";

    private final Classes classes;
    private final LongAdder none = new LongAdder();
    private final Map<String, LongAdder> counts = new LinkedHashMap<>();

    Predictions(Classes classes) {
        this.classes = classes;
        classes.names().forEach(name -> counts.put(name, new LongAdder()));
        counts.put(NONE, none);
    }

    /** The counts so far, by class. */
    Map<String, LongAdder> counts() {
        return counts;
    }

    /** Counts all rows of an answer. */
    void count(List<ServedTensor> outputs) {
        for (ServedTensor output : outputs) {
            if (output.name().equals(classes.output())) {
                for (int row = 0; row < output.rows(); row++) {
                    count(className(output, row));
                }
            }
        }
    }

    private void count(String name) {
        counts.getOrDefault(name, none).increment();
    }

    private String className(ServedTensor output, int row) {
        if (output.type() == ElementType.STRING) {
            return output.texts().get(row * output.rowSize());
        }
        int size = output.rowSize();
        int place = -1;
        if (size == 1) {
            double label = number(output, row);
            place = label >= 0 && label < classes.names().size() && label == StrictMath.rint(label) ? (int) label : -1;
        } else {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                double value = number(output, row * size + i);
                if (Double.isNaN(value)) {
                    return NONE;
                }
                if (value > largest) {
                    largest = value;
                    place = i;
                }
            }
        }
        return place < 0 || place >= classes.names().size()
                ? NONE
                : classes.names().get(place);
    }

    private static double number(ServedTensor output, int index) {
        ByteBuffer numbers = output.numbers().slice().order(ByteOrder.nativeOrder());
        return switch (output.type()) {
            case FLOAT -> numbers.getFloat(index * Float.BYTES);
            case DOUBLE -> numbers.getDouble(index * Double.BYTES);
            case FLOAT16 -> Halves.ofHalf(numbers.getShort(index * Short.BYTES));
            case BFLOAT16 -> Halves.ofBrain(numbers.getShort(index * Short.BYTES));
            case INT64, UINT64 -> numbers.getLong(index * Long.BYTES);
            case INT32, UINT32 -> numbers.getInt(index * Integer.BYTES);
            case INT16, UINT16 -> numbers.getShort(index * Short.BYTES);
            default -> numbers.get(index);
        };
    }
}
