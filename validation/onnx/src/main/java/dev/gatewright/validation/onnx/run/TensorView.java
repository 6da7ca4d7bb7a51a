// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.nio.ByteBuffer;

/**
 * The answer of a model to a block of rows, in one of its outputs: {@code rows × rowSize} elements, row after row. It is
 * valid until the slot is released.
 */
public final class TensorView {
    private final TensorSpec spec;
    private final ElementType carrier;
    private final ByteBuffer numbers;
    private final String[] texts;
    private int elements;

    /**
     * A view over memory in native byte order.
     *
     * @param numbers empty for texts
     * @param texts empty for numbers
     */
    TensorView(TensorSpec spec, ByteBuffer numbers, String... texts) {
        this.spec = spec;
        this.carrier = spec.type().carrier();
        this.numbers = numbers;
        this.texts = texts;
    }

    /** A view over {@code rows} rows that somebody else answered: numbers in native byte order, as the type is shared. */
    public static TensorView ofNumbers(TensorSpec spec, int rows, ByteBuffer numbers) {
        TensorView view = new TensorView(spec, numbers);
        view.setRows(rows);
        return view;
    }

    /** The same over texts. */
    public static TensorView ofTexts(TensorSpec spec, int rows, String... texts) {
        TensorView view = new TensorView(spec, ByteBuffer.allocate(0), texts);
        view.setRows(rows);
        return view;
    }

    /** Says how many rows were answered. */
    void setRows(int rows) {
        elements = rows * spec.rowSize();
    }

    /** Sets element {@code index} of an output of texts. */
    void setText(int index, String text) {
        texts[index] = text;
    }

    /** What the output is. */
    public TensorSpec spec() {
        return spec;
    }

    /**
     * Element {@code index} as a number.
     *
     * @throws IllegalStateException if the elements are texts
     */
    public double real(int index) {
        check(index);
        return switch (carrier) {
            case FLOAT -> numbers.getFloat(index * Float.BYTES);
            case DOUBLE -> numbers.getDouble(index * Double.BYTES);
            case UINT64 -> unsigned(numbers.getLong(index * Long.BYTES));
            default -> integer(index);
        };
    }

    /**
     * Copies the first {@code into.length} elements, which are single-precision floats.
     *
     * @throws IllegalStateException if they are not
     */
    public void floats(float[] into) {
        if (carrier != ElementType.FLOAT) {
            throw not("a float");
        }
        check(into.length - 1);
        numbers.asFloatBuffer().get(0, into);
    }

    /**
     * Element {@code index} of integers or truth values (0 or 1). A {@link ElementType#UINT64} above the largest {@code long}
     * comes out negative.
     *
     * @throws IllegalStateException if the elements are floats or texts
     */
    public long integer(int index) {
        check(index);
        return switch (carrier) {
            case INT8 -> numbers.get(index);
            case UINT8 -> Byte.toUnsignedLong(numbers.get(index));
            case INT16 -> numbers.getShort(index * Short.BYTES);
            case UINT16 -> Short.toUnsignedLong(numbers.getShort(index * Short.BYTES));
            case INT32 -> numbers.getInt(index * Integer.BYTES);
            case UINT32 -> Integer.toUnsignedLong(numbers.getInt(index * Integer.BYTES));
            case INT64, UINT64 -> numbers.getLong(index * Long.BYTES);
            case BOOL -> numbers.get(index) == 0 ? 0 : 1;
            default -> throw not("an integer");
        };
    }

    /**
     * Element {@code index} of texts.
     *
     * @throws IllegalStateException if the elements are numbers
     */
    public String string(int index) {
        check(index);
        if (carrier != ElementType.STRING) {
            throw not("text");
        }
        return texts[index];
    }

    private void check(int index) {
        if (index < 0 || index >= elements) {
            throw new IndexOutOfBoundsException(
                    "element " + index + " of output '" + spec.name() + "', which has " + elements + " in this block");
        }
    }

    private static double unsigned(long bits) {
        // The lowest bit is kept by the middle step, so that the sum is rounded once.
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    private IllegalStateException not(String what) {
        return new IllegalStateException(
                "output '" + spec.name() + "' holds " + spec.type().label() + ", not " + what);
    }
}
