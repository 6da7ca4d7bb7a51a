// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/** All that a file gives for some fields, read in blocks. */
public final class Contents {
    private final IdentityHashMap<Field, ByteArrayOutputStream> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Field, List<Object>> values = new IdentityHashMap<>();
    private final IdentityHashMap<Field, List<String>> categories = new IdentityHashMap<>();
    private long rows;

    private Contents() {}

    /** Reads {@code path} in blocks of {@code capacity} rows. */
    public static Contents of(Path path, int capacity, Field... fields) {
        return of(path, Limits.DEFAULT, capacity, fields);
    }

    /** The same within {@code limits}. */
    public static Contents of(Path path, Limits limits, int capacity, Field... fields) {
        return of(() -> DataFile.open(path, limits), capacity, fields);
    }

    /** The same of what {@code open} opens. */
    public static Contents of(Supplier<DataFile> open, int capacity, Field... fields) {
        try (DataFile file = open.get()) {
            SelectionResult result = file.select(List.of(fields));
            if (result instanceof Problems problems) {
                throw new AssertionError(problems.list().toString());
            }
            Selection selection = (Selection) result;
            Contents contents = new Contents();
            RowBlock block = selection.newBlock(capacity, Contents::allocate);
            try (RowReader reader = selection.open()) {
                while (reader.read(block) > 0) {
                    contents.add(block, fields);
                }
                for (Field field : fields) {
                    if (field instanceof Field.Category category) {
                        contents.categories.put(field, List.copyOf(reader.categories(category)));
                    }
                }
            }
            return contents;
        }
    }

    /** Memory for a matrix as a block wants it. */
    public static ByteBuffer allocate(Field.Matrix matrix, int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private void add(RowBlock block, Field[] fields) {
        if (block.firstRow() != rows + 1) {
            throw new AssertionError("block begins at row " + block.firstRow() + " after " + rows + " rows");
        }
        rows += block.rows();
        for (Field field : fields) {
            List<Object> list = values.computeIfAbsent(field, f -> new ArrayList<>());
            if (field instanceof Field.Matrix matrix && matrix.type() != ElementType.STRING) {
                byte[] bytes = new byte
                        [block.rows() * block.width(matrix) * matrix.type().bytes()];
                block.memory(matrix).get(0, bytes);
                numbers.computeIfAbsent(field, f -> new ByteArrayOutputStream()).writeBytes(bytes);
            } else if (field instanceof Field.Matrix matrix) {
                list.addAll(Arrays.asList(block.texts(matrix)).subList(0, block.rows() * block.width(matrix)));
            } else {
                for (int i = 0; i < block.rows(); i++) {
                    list.add(value(block, field, i));
                }
            }
        }
    }

    private static Object value(RowBlock block, Field field, int row) {
        if (field instanceof Field.Scalar scalar) {
            return block.numbers(scalar)[row];
        }
        return field instanceof Field.Category category
                ? block.codes(category)[row]
                : block.codes((Field.ClassLabel) field)[row];
    }

    /** The number of rows. */
    public long rows() {
        return rows;
    }

    /** The memory of a matrix of numbers, all rows one after the other. */
    public byte[] bytes(Field.Matrix matrix) {
        return numbers.getOrDefault(matrix, new ByteArrayOutputStream()).toByteArray();
    }

    /** The elements of a FLOAT32 matrix. */
    public List<Float> floats(Field.Matrix matrix) {
        ByteBuffer memory = ByteBuffer.wrap(bytes(matrix)).order(ByteOrder.nativeOrder());
        List<Float> floats = new ArrayList<>();
        while (memory.hasRemaining()) {
            floats.add(memory.getFloat());
        }
        return floats;
    }

    /** The texts, codes or numbers of any other field. */
    public List<Object> values(Field field) {
        return values.getOrDefault(field, List.of());
    }

    /** The texts that the codes of a category stand for. */
    public List<String> categories(Field.Category category) {
        return categories.getOrDefault(category, List.of());
    }

    /** Each row's category as text. */
    public List<String> texts(Field.Category category) {
        List<String> texts = new ArrayList<>();
        for (Object code : values(category)) {
            texts.add(categories(category).get((Integer) code));
        }
        return texts;
    }
}
