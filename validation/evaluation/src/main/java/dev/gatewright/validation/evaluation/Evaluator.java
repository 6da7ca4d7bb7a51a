// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.evaluation.EvaluationRequest.Predictions;
import dev.gatewright.validation.evaluation.EvaluationRequest.Recorded;
import dev.gatewright.validation.onnx.model.ModelChangedException;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges a model, or predictions that were made before, on labelled rows.
 *
 * <p>Both sides of a comparison answer the same rows in the same run. What was hashed is what was read and run: files that
 * change meanwhile end the evaluation.
 */
public final class Evaluator {
    /** The most rows of a block of a predictions file, and the most bytes of its scores where a row is not larger. */
    private static final int PREDICTION_ROWS = 4096;

    private static final int PREDICTION_BYTES = 1 << 20;

    /** One is counted, one is read, and one evens out what takes either of them longer. */
    private static final int PREDICTION_BLOCKS = 3;

    private Evaluator() {}

    /**
     * Judges.
     *
     * @throws EvaluationFailedException if nothing could be judged
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static Evaluation evaluate(EvaluationRequest request, EvaluationListener listener)
            throws InterruptedException {
        return failingAlike(() -> judge(request, listener));
    }

    private static Evaluation judge(EvaluationRequest request, EvaluationListener listener)
            throws InterruptedException {
        try (DataFile data = request.rows().open()) {
            BackgroundDigest digest = BackgroundDigest.of(data);
            try {
                Judged judged = judge(request, data, listener);
                String sha256 = digest.get();
                data.verifyUnchanged();
                return judged.toEvaluation(request, data.size(), sha256);
            } finally {
                digest.cancel();
            }
        }
    }

    /** Work on files and workers, whatever of theirs fails. */
    interface Work<T> {
        T done() throws InterruptedException;
    }

    /** Does {@code work}; whatever keeps it from its end comes out as the two exceptions that an evaluation has. */
    static <T> T failingAlike(Work<T> work) throws InterruptedException {
        try {
            return work.done();
        } catch (WorkerFailure e) {
            if (e.kind() == WorkerFailure.Kind.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            throw new EvaluationFailedException(String.valueOf(e.getMessage()), e);
        } catch (BadDataException
                | FileChangedException
                | BadAnswerException
                | RefusedModelException
                | ModelChangedException e) {
            throw new EvaluationFailedException(String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            if (Thread.interrupted()) {
                // A thread that is interrupted while it reads finds its file closed.
                throw new InterruptedException(e.getMessage());
            }
            throw new EvaluationFailedException("a file cannot be read: " + e.getMessage(), e);
        }
    }

    private static Judged judge(EvaluationRequest request, DataFile data, EvaluationListener listener)
            throws InterruptedException {
        if (request.subject() instanceof Model model) {
            return ModelEvaluation.run(request, model, data, listener);
        }
        return request.subject() instanceof Recorded recorded
                ? RecordedEvaluation.run(request, recorded, data, listener)
                : predictions(request, (Predictions) request.subject(), data, listener);
    }

    /** Binds fields to the data's columns. */
    static Selection select(DataFile data, List<Field> fields) {
        SelectionResult result = data.select(fields);
        if (result instanceof Problems problems) {
            throw new EvaluationFailedException(
                    problems.list().stream().map(Problems.Problem::sentence).collect(Collectors.joining("; ")), null);
        }
        return (Selection) result;
    }

    private static Judged predictions(
            EvaluationRequest request, Predictions predictions, DataFile data, EvaluationListener listener)
            throws InterruptedException {
        RowFields fields = RowFields.ofPredictions(request, predictions);
        Selection selection = select(data, fields.all());
        ClassColumns.check(request.classes(), fields, selection);
        Scoring scoring = new Scoring(Counted.of(request, false), fields);
        int scoreBytes = Double.BYTES
                * Math.max(
                        1,
                        predictions.scores().isEmpty() ? 1 : request.classes().size());
        int blockRows = Math.max(1, Math.min(PREDICTION_ROWS, PREDICTION_BYTES / scoreBytes));
        List<RowBlock> blocks = new ArrayList<>();
        for (int i = 0; i < PREDICTION_BLOCKS; i++) {
            blocks.add(selection.newBlock(
                    blockRows,
                    (matrix, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())));
        }
        long total = selection.rowCount().orElse(0);
        try (RowReader reader = selection.open();
                ReadAhead ahead = new ReadAhead(reader, blocks)) {
            long rows = 0;
            for (RowBlock block = ahead.next(); block != null; block = ahead.next()) {
                scoring.add(
                        block,
                        new FileAnswers(
                                request.rows().path(),
                                block,
                                fields,
                                request.classes().size(),
                                request.task().isOfOneClass()),
                        null);
                rows += block.rows();
                listener.judged(rows, total);
            }
            @Nullable
            String noReference =
                    request.compares() ? "predictions of one model cannot be compared with another's" : null;
            return new Judged(
                    scoring,
                    fields,
                    selection,
                    categories(fields, reader),
                    null,
                    ReferenceRun.none(noReference),
                    Cost.NONE,
                    fields.scores() != null,
                    null);
        }
    }

    /** The values of each slice by their codes. */
    static List<List<String>> categories(RowFields fields, RowReader reader) {
        return fields.slices().stream().map(reader::categories).toList();
    }
}
