// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedOutput;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recorded outputs of a model, read block by block, and what they mean for a row. */
final class RecordedAnswers implements AutoCloseable {
    private final String subject;
    private final List<Output> outputs = new ArrayList<>();
    private final OutputChoice choice;
    private final ModelAnswers.Meaning meaning;
    private long read;

    /**
     * Opens the outputs.
     *
     * @param subject what messages call the model
     * @param capacity the rows of a block; each but the last is full
     * @throws EvaluationFailedException if they are none that answer the task
     */
    RecordedAnswers(String subject, RecordedModel model, EvaluationRequest request, int capacity) {
        this.subject = subject;
        this.meaning = ModelAnswers.Meaning.of(subject, request, model.logits());
        try {
            for (RecordedOutput output : model.outputs()) {
                outputs.add(Output.open(output, capacity));
            }
            this.choice = OutputChoice.of(
                    outputs.stream().map(Output::spec).toList(), model, request.task(), request.classes());
        } catch (BadDataException e) {
            close();
            throw new EvaluationFailedException("what " + subject + " answered cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * The answers to the rows of the next block.
     *
     * @throws EvaluationFailedException if there are fewer
     */
    Answers next(RowBlock rows) {
        TensorView[] views = new TensorView[outputs.size()];
        for (int i = 0; i < views.length; i++) {
            int count = outputs.get(i).read();
            if (count != rows.rows()) {
                throw new EvaluationFailedException(
                        subject + " answered " + (read + count) + " rows with output '"
                                + outputs.get(i).spec().name() + "', and the data have "
                                + (count < rows.rows() ? "more" : "fewer") + "; let it answer each row",
                        null);
            }
            views[i] = outputs.get(i).view(count);
        }
        read += rows.rows();
        return new ModelAnswers(
                view(views, choice.scores()), view(views, choice.prediction()), meaning, rows.firstRow());
    }

    private static @Nullable TensorView view(TensorView[] views, int output) {
        return output == OutputChoice.NONE ? null : views[output];
    }

    /** @throws EvaluationFailedException if there are answers beyond the rows */
    void finish() {
        for (Output output : outputs) {
            if (output.read() > 0) {
                throw new EvaluationFailedException(
                        subject + " answered more than the " + read
                                + " rows that the data have; let it answer each row once",
                        null);
            }
        }
    }

    boolean hasScores() {
        return choice.scores() != OutputChoice.NONE;
    }

    @Override
    public void close() {
        outputs.forEach(Output::close);
    }

    /** One output: its file, and the block that its rows are read into. */
    private record Output(DataFile file, RowReader reader, RowBlock block, Field.Matrix matrix, TensorSpec spec) {
        static Output open(RecordedOutput output, int capacity) {
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
                        capacity,
                        (field, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
                return new Output(
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
}
