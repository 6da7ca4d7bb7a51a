// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.worker.Halves;
import dev.gatewright.validation.onnx.run.worker.ServedModel;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/** The elements of one input, as they are read, in memory that ONNX Runtime takes as it is. */
public final class TensorWriter {
    private static final BigInteger MOST_UINT64 = BigInteger.ONE.shiftLeft(64);

    private final ByteBufferPool pool;
    private final ServedModel.Declared input;
    private final Datatype datatype;
    private final List<String> texts = new ArrayList<>();
    private RetainableByteBuffer held;
    private ByteBuffer numbers;
    private int elements;

    /** @param elements how many to expect; more may come */
    public TensorWriter(ByteBufferPool pool, ServedModel.Declared input, int elements) {
        this.pool = pool;
        this.input = input;
        this.datatype = Datatype.of(input.type());
        this.held = pool.acquire(
                Math.multiplyExact(Math.max(1, elements), input.type().bytes()), true);
        this.numbers = memory(held);
    }

    private static ByteBuffer memory(RetainableByteBuffer held) {
        // A view: the order of the pool's own buffer stays as others expect it.
        ByteBuffer all = held.getByteBuffer();
        return all.duplicate().clear().slice().order(ByteOrder.nativeOrder());
    }

    /** The input. */
    public ServedModel.Declared input() {
        return input;
    }

    /** How many elements have been put. */
    public int elements() {
        return elements;
    }

    /** Puts the value that {@code parser} is at. */
    public void put(JsonParser parser) throws IOException, RefusedRequestException {
        try {
            if (input.type() == ElementType.STRING) {
                putText(parser);
            } else {
                putNumber(parser);
            }
        } catch (InputCoercionException e) {
            throw unfit(parser);
        }
        elements++;
    }

    private void putText(JsonParser parser) throws IOException, RefusedRequestException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw unfit(parser);
        }
        String text = parser.getText();
        if (!Utf8.isWhole(text)) {
            throw RefusedRequestException.wrong(
                    "input '" + input.name() + "': element " + elements + " has half a surrogate pair");
        }
        texts.add(text);
    }

    private void putNumber(JsonParser parser) throws IOException, RefusedRequestException {
        if (numbers.remaining() < Long.BYTES) {
            grow();
        }
        switch (input.type()) {
            case FLOAT -> {
                float value = (float) real(parser);
                check(Float.isFinite(value), parser);
                numbers.putFloat(value);
            }
            case DOUBLE -> {
                double value = real(parser);
                check(Double.isFinite(value), parser);
                numbers.putDouble(value);
            }
            case FLOAT16 -> {
                short value = Halves.toHalf((float) real(parser));
                check(Float.isFinite(Halves.ofHalf(value)), parser);
                numbers.putShort(value);
            }
            case BFLOAT16 -> {
                short value = Halves.toBrain((float) real(parser));
                check(Float.isFinite(Halves.ofBrain(value)), parser);
                numbers.putShort(value);
            }
            case INT8 -> numbers.put((byte) whole(parser, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> numbers.put((byte) whole(parser, 0, 0xFF));
            case INT16 -> numbers.putShort((short) whole(parser, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> numbers.putShort((short) whole(parser, 0, 0xFFFF));
            case INT32 -> numbers.putInt((int) whole(parser, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> numbers.putInt((int) whole(parser, 0, 0xFFFF_FFFFL));
            case INT64 -> numbers.putLong(whole(parser, Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> numbers.putLong(unsigned(parser));
            case BOOL -> numbers.put((byte) truth(parser));
            default ->
                throw new IllegalStateException("no number is " + input.type().label());
        }
    }

    private double real(JsonParser parser) throws IOException, RefusedRequestException {
        check(parser.currentToken().isNumeric(), parser);
        // By way of a double, as the rows of a data set are read.
        return parser.getDoubleValue();
    }

    private long whole(JsonParser parser, long least, long most) throws IOException, RefusedRequestException {
        check(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, parser);
        long value = parser.getLongValue();
        check(value >= least && value <= most, parser);
        return value;
    }

    private long unsigned(JsonParser parser) throws IOException, RefusedRequestException {
        check(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, parser);
        BigInteger value = parser.getBigIntegerValue();
        check(value.signum() >= 0 && value.compareTo(MOST_UINT64) < 0, parser);
        return value.longValue();
    }

    private long truth(JsonParser parser) throws IOException, RefusedRequestException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            default -> whole(parser, 0, 1);
        };
    }

    private void check(boolean fits, JsonParser parser) throws RefusedRequestException, IOException {
        if (!fits) {
            throw unfit(parser);
        }
    }

    private RefusedRequestException unfit(JsonParser parser) throws IOException {
        String found = switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Utf8.shortened(parser.getText());
            case VALUE_STRING -> "a text";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> parser.currentToken().asString();
        };
        return RefusedRequestException.wrong("input '" + input.name() + "': element " + elements + " is " + found
                + ", which is no " + datatype + " value");
    }

    /** Puts raw elements: {@code bytes} bytes of {@code from}, little-endian. */
    public void putBytes(byte[] from, int offset, int bytes) {
        while (numbers.remaining() < bytes) {
            grow();
        }
        numbers.put(from, offset, bytes);
        elements += bytes / input.type().bytes();
    }

    /** Puts a text. */
    public void putText(String text) {
        texts.add(text);
        elements++;
    }

    private void grow() {
        RetainableByteBuffer larger = pool.acquire(Math.multiplyExact(2, numbers.capacity()) + Long.BYTES, true);
        ByteBuffer target = memory(larger);
        target.put(numbers.flip());
        held.release();
        held = larger;
        numbers = target;
    }

    /** The tensor of all elements that have been put, over this memory. */
    public ServedTensor tensor(List<Long> shape) {
        if (input.type() == ElementType.STRING) {
            return ServedTensor.ofTexts(input.name(), shape, texts);
        }
        return ServedTensor.ofNumbers(
                input.name(), input.type(), shape, numbers.duplicate().flip().order(ByteOrder.nativeOrder()));
    }

    /** Gives the memory back. */
    public void release() {
        held.release();
    }
}
