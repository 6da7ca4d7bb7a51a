// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the rows of a data file as the tensors that a model is fed: the same that ONNX Runtime is fed. */
public final class RowTensors {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int MOST_ROWS = 4096;

    private RowTensors() {}

    /**
     * Writes all rows.
     *
     * @param features the columns that feed each input, by the input's name
     * @param types the type of each input that is not float32, by its name
     * @param missing what an empty cell of a float means
     * @param folder where the files are made; it is there and empty
     * @throws SourceFailedException if the columns are not there, or nothing can be written
     * @throws dev.gatewright.validation.data.rows.BadDataException if a row does not hold what the inputs need
     */
    public static List<FedTensor> write(
            DataFile data,
            Map<String, List<String>> features,
            Map<String, ElementType> types,
            Field.Missing missing,
            Path folder)
            throws InterruptedException {
        List<Field> fields = new ArrayList<>();
        features.forEach((input, columns) -> {
            ElementType type = types.getOrDefault(input, ElementType.FLOAT32);
            Field.Missing allowed = type.isFloat() ? missing : Field.Missing.REFUSE;
            fields.add(new Field.Matrix(input, type, columns, allowed, Field.Matrix.ANY_WIDTH));
        });
        SelectionResult result = data.select(fields);
        if (result instanceof Problems problems) {
            throw new SourceFailedException(
                    problems.list().stream().map(Problems.Problem::sentence).collect(Collectors.joining("; ")), null);
        }
        List<Column> columns = new ArrayList<>();
        try {
            for (Field field : fields) {
                columns.add(Column.of((Field.Matrix) field, (Selection) result, folder, columns.size()));
            }
            copy((Selection) result, columns);
        } catch (IOException e) {
            throw new SourceFailedException(
                    "the rows cannot be written to " + folder + ": " + e.getMessage() + ". Next: make room there", e);
        } finally {
            columns.forEach(Column::close);
        }
        return columns.stream().map(Column::tensor).toList();
    }

    private static void copy(Selection selection, List<Column> columns) throws IOException, InterruptedException {
        RowBlock block = selection.newBlock(
                blockRows(columns),
                (matrix, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
        try (RowReader reader = selection.open()) {
            while (reader.read(block) > 0) {
                for (Column column : columns) {
                    column.take(block);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while rows were written");
                }
            }
        }
        for (Column column : columns) {
            column.finish();
        }
    }

    private static int blockRows(List<Column> columns) {
        long rowBytes = 1;
        for (Column column : columns) {
            long width = Math.max(1, column.matrix().type().bytes());
            for (int axis : column.tensor().rowShape()) {
                width *= axis;
            }
            rowBytes += width;
        }
        return (int) Math.max(1, Math.min(MOST_ROWS, BLOCK_BYTES / rowBytes));
    }

    /** One input on its way to its file. */
    private sealed interface Column {
        static Column of(Field.Matrix matrix, Selection selection, Path folder, int number) throws IOException {
            boolean texts = matrix.type() == ElementType.STRING;
            Path file = folder.resolve("i" + number + (texts ? ".jsonl" : ".npy"));
            FedTensor tensor = new FedTensor(
                    matrix.name(), file, matrix.type(), selection.shape(matrix), selection.columns(matrix));
            return texts
                    ? new Texts(matrix, tensor, Files.newBufferedWriter(file))
                    : new Numbers(matrix, tensor, new NpyWriter(file, matrix.type(), tensor.rowShape()));
        }

        Field.Matrix matrix();

        FedTensor tensor();

        void take(RowBlock block) throws IOException;

        void finish() throws IOException;

        void close();
    }

    private record Numbers(Field.Matrix matrix, FedTensor tensor, NpyWriter writer) implements Column {
        @Override
        public void take(RowBlock block) throws IOException {
            writer.add(block.memory(matrix), block.rows());
        }

        @Override
        public void finish() throws IOException {
            writer.finish();
        }

        @Override
        public void close() {
            quietly(writer);
        }
    }

    private record Texts(Field.Matrix matrix, FedTensor tensor, BufferedWriter writer) implements Column {
        private static final JsonFactory JSON = new JsonFactory();

        @Override
        public void take(RowBlock block) throws IOException {
            String[] texts = block.texts(matrix);
            int width = block.width(matrix);
            for (int row = 0; row < block.rows(); row++) {
                java.io.StringWriter line = new java.io.StringWriter();
                try (JsonGenerator json = JSON.createGenerator(line)) {
                    json.writeArray(texts, row * width, width);
                }
                writer.write(line.append('\n').toString());
            }
        }

        @Override
        public void finish() throws IOException {
            writer.flush();
        }

        @Override
        public void close() {
            quietly(writer);
        }
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // All of it was written, or the error that ended the writing is on its way.
        }
    }
}
