// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedOutput;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A recorded output: its file, and the block that its rows are read into. */
record RecordedTensor(DataFile file, RowReader reader, RowBlock block, Field.Matrix matrix, TensorSpec spec) {
    static RecordedTensor open(RecordedOutput output, int capacity) {
        DataFile file = DataFile.open(output.file());
        try {
            Column column = file.columns().get(0);
            if (!(column.content() instanceof Column.Values values)) {
                throw new EvaluationFailedException(
                        "output '" + output.name() + "' in " + output.file() + " holds no rows of numbers or texts",
                        null);
            }
            // A half is widened: it is shared so by workers, too.
            ElementType type = values.type() == ElementType.FLOAT16 ? ElementType.FLOAT32 : values.type();
            Field.Missing missing = type.isFloat() ? Field.Missing.NAN : Field.Missing.REFUSE;
            Field.Matrix matrix =
                    new Field.Matrix(output.name(), type, List.of(column.name()), missing, values.width());
            Selection selection = Evaluator.select(file, List.of(matrix));
            RowBlock block = selection.newBlock(
                    capacity, (field, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
            return new RecordedTensor(
                    file,
                    selection.open(),
                    block,
                    matrix,
                    new TensorSpec(output.name(), type(values.type()), values.width(), List.of()));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    int read() {
        return reader.read(block);
    }

    TensorView view(int rows) {
        return matrix.type() == ElementType.STRING
                ? TensorView.ofTexts(spec, rows, Arrays.copyOf(block.texts(matrix), rows * spec.rowSize()))
                : TensorView.ofNumbers(spec, rows, block.memory(matrix));
    }

    void close() {
        reader.close();
        file.close();
    }

    private static dev.gatewright.validation.onnx.run.ElementType type(ElementType type) {
        return switch (type) {
            case FLOAT16 -> dev.gatewright.validation.onnx.run.ElementType.FLOAT16;
            case FLOAT32 -> dev.gatewright.validation.onnx.run.ElementType.FLOAT;
            case FLOAT64 -> dev.gatewright.validation.onnx.run.ElementType.DOUBLE;
            case INT8 -> dev.gatewright.validation.onnx.run.ElementType.INT8;
            case INT16 -> dev.gatewright.validation.onnx.run.ElementType.INT16;
            case INT32 -> dev.gatewright.validation.onnx.run.ElementType.INT32;
            case INT64 -> dev.gatewright.validation.onnx.run.ElementType.INT64;
            case UINT8 -> dev.gatewright.validation.onnx.run.ElementType.UINT8;
            case UINT16 -> dev.gatewright.validation.onnx.run.ElementType.UINT16;
            case UINT32 -> dev.gatewright.validation.onnx.run.ElementType.UINT32;
            case UINT64 -> dev.gatewright.validation.onnx.run.ElementType.UINT64;
            case BOOL -> dev.gatewright.validation.onnx.run.ElementType.BOOL;
            case STRING -> dev.gatewright.validation.onnx.run.ElementType.STRING;
        };
    }
}
