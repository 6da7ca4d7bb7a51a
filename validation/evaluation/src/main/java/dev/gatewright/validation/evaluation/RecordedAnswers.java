// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedOutput;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recorded outputs of a model, read block by block, and what they mean for a row. */
final class RecordedAnswers implements AutoCloseable {
    private final String subject;
    private final List<RecordedTensor> outputs = new ArrayList<>();
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
                outputs.add(RecordedTensor.open(output, capacity));
            }
            this.choice = OutputChoice.of(
                    outputs.stream().map(RecordedTensor::spec).toList(), model, request.task(), request.classes());
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
        for (RecordedTensor output : outputs) {
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
        outputs.forEach(RecordedTensor::close);
    }
}
