// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Room for some rows of the selected fields, filled by a {@link RowReader} again and again. Numbers of a matrix go
 * straight into memory that the caller supplies, which may be shared with another process.
 */
public final class RowBlock {
    private final int capacity;
    private final List<Field> fields;
    private final int[] widths;
    private final Object[] stores;
    private long firstRow = 1;
    private int rows;

    /** Where the numbers of a matrix are put. */
    @FunctionalInterface
    public interface Memory {
        /** A direct buffer in the machine's byte order, of at least {@code bytes} bytes, for {@code matrix}. */
        ByteBuffer allocate(Field.Matrix matrix, int bytes);
    }

    /**
     * Room for {@code capacity} rows of {@code fields}, each as wide as {@code widths} says.
     *
     * @throws ArithmeticException if one matrix would need 2 GiB or more
     */
    public RowBlock(int capacity, List<Field> fields, int[] widths, Memory memory) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a block has room for at least one row, not for " + capacity);
        }
        this.capacity = capacity;
        this.fields = List.copyOf(fields);
        this.widths = widths.clone();
        this.stores = new Object[widths.length];
        for (int i = 0; i < widths.length; i++) {
            stores[i] = store(this.fields.get(i), Math.multiplyExact(capacity, widths[i]), memory);
        }
    }

    private static Object store(Field field, int elements, Memory memory) {
        if (field instanceof Field.Matrix matrix) {
            if (matrix.type() == ElementType.STRING) {
                return new String[elements];
            }
            int bytes = Math.multiplyExact(elements, matrix.type().bytes());
            ByteBuffer buffer = memory.allocate(matrix, bytes);
            if (!buffer.isDirect() || buffer.order() != ByteOrder.nativeOrder() || buffer.capacity() < bytes) {
                throw new IllegalArgumentException("the memory of " + matrix.purpose()
                        + " must be a direct buffer in native byte order of at least " + bytes + " bytes, not "
                        + buffer + " in " + buffer.order());
            }
            return buffer;
        }
        return field instanceof Field.Scalar ? new double[elements] : new int[elements];
    }

    /**
     * A block for the rows of this one from {@code row} on, from 0: the numbers of its matrices go into the memory of this
     * one, all else is put here by {@link #take}. For readers.
     */
    public RowBlock tail(int row) {
        return new RowBlock(capacity - row, fields, widths, (matrix, bytes) -> {
            int before = Math.multiplyExact(row * width(matrix), matrix.type().bytes());
            return memory(matrix).slice(before, bytes).order(ByteOrder.nativeOrder());
        });
    }

    /** Puts the rows of {@code tail} here, from {@code row} on. For readers. */
    public void take(RowBlock tail, int row) {
        for (int i = 0; i < stores.length; i++) {
            if (!(stores[i] instanceof ByteBuffer)) {
                // Both are arrays of one type, each made by the same rule.
                System.arraycopy(tail.stores[i], 0, stores[i], row * widths[i], tail.rows * widths[i]);
            }
        }
    }

    /** The most rows that it holds. */
    public int capacity() {
        return capacity;
    }

    /** The rows that the last reading put here; the contents beyond them are left over. */
    public int rows() {
        return rows;
    }

    /** The number of the first row here, from 1. */
    public long firstRow() {
        return firstRow;
    }

    /** The number of elements that {@code matrix} has a row. */
    public int width(Field.Matrix matrix) {
        return widths[position(matrix)];
    }

    /** Sees that {@code matrix} has room for {@code width} elements a row, as its reader fills; for readers. */
    public void requireWidth(Field.Matrix matrix, int width) {
        if (width(matrix) != width) {
            throw new IllegalArgumentException("this block was made for " + width(matrix) + " values a row of "
                    + matrix.purpose() + ", but the reader gives " + width + ": make the block from its selection");
        }
    }

    /** The memory of a matrix of numbers, row-major from byte 0. */
    public ByteBuffer memory(Field.Matrix matrix) {
        return (ByteBuffer) stores[position(matrix)];
    }

    /** The elements of a {@link ElementType#STRING} matrix, row-major. */
    public String[] texts(Field.Matrix matrix) {
        return (String[]) stores[position(matrix)];
    }

    /** The positions of each row's class in the label's classes. */
    public int[] codes(Field.ClassLabel label) {
        return (int[]) stores[position(label)];
    }

    /** The codes of each row's category, which {@link RowReader#categories} spells. */
    public int[] codes(Field.Category category) {
        return (int[]) stores[position(category)];
    }

    /** The numbers of each row. */
    public double[] numbers(Field.Scalar scalar) {
        return (double[]) stores[position(scalar)];
    }

    /** Says that {@code rows} rows from {@code firstRow} on are here now; for readers. */
    public void filled(long firstRow, int rows) {
        this.firstRow = firstRow;
        this.rows = rows;
    }

    private int position(Field field) {
        for (int i = 0; i < stores.length; i++) {
            if (fields.get(i) == field) {
                return i;
            }
        }
        throw new IllegalArgumentException("this block was not made for " + field.purpose()
                + ": ask with the very field that was selected, on a block of that selection");
    }
}
