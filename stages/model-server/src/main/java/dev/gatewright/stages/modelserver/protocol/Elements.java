// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.validation.onnx.run.worker.Halves;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The elements of an output, as JSON writes them: so that reading them back gives the same bits. */
final class Elements {
    private final ServedTensor tensor;
    private final ByteBuffer numbers;

    Elements(ServedTensor tensor) {
        this.tensor = tensor;
        this.numbers = tensor.numbers().slice().order(ByteOrder.nativeOrder());
    }

    /** Writes element {@code index}. */
    void write(JsonGenerator json, int index) throws IOException, RefusedRequestException {
        switch (tensor.type()) {
            case FLOAT -> real(json, numbers.getFloat(index * Float.BYTES), index);
            case FLOAT16 -> real(json, Halves.ofHalf(numbers.getShort(index * Short.BYTES)), index);
            case BFLOAT16 -> real(json, Halves.ofBrain(numbers.getShort(index * Short.BYTES)), index);
            case DOUBLE -> {
                double value = numbers.getDouble(index * Double.BYTES);
                check(Double.isFinite(value), value, index);
                json.writeNumber(value);
            }
            case INT8 -> json.writeNumber(numbers.get(index));
            case UINT8 -> json.writeNumber(Byte.toUnsignedInt(numbers.get(index)));
            case INT16 -> json.writeNumber(numbers.getShort(index * Short.BYTES));
            case UINT16 -> json.writeNumber(Short.toUnsignedInt(numbers.getShort(index * Short.BYTES)));
            case INT32 -> json.writeNumber(numbers.getInt(index * Integer.BYTES));
            case UINT32 -> json.writeNumber(Integer.toUnsignedLong(numbers.getInt(index * Integer.BYTES)));
            case INT64 -> json.writeNumber(numbers.getLong(index * Long.BYTES));
            case UINT64 -> json.writeNumber(new BigInteger(Long.toUnsignedString(numbers.getLong(index * Long.BYTES))));
            case BOOL -> json.writeBoolean(numbers.get(index) != 0);
            case STRING -> json.writeString(tensor.texts().get(index));
        }
    }

    private void real(JsonGenerator json, float value, int index) throws IOException, RefusedRequestException {
        check(Float.isFinite(value), value, index);
        json.writeNumber(value);
    }

    private void check(boolean isFinite, double value, int index) throws RefusedRequestException {
        if (!isFinite) {
            throw new RefusedRequestException(
                    500,
                    "the model's output '" + tensor.name() + "' has " + value + " as element " + index
                            + ", which JSON cannot say; a client that can read it asks for raw tensors");
        }
    }
}
