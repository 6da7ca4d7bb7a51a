// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.evaluation.EvaluationRequest.OnnxModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.Recorded;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.Reference;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A pass over rows that a model answered somewhere else, beside the answers of the model that it is compared with. */
final class RecordedEvaluation {
    private static final String SUBJECT = "the model";

    /** Rows of a block where no other model sets it. */
    private static final int BLOCK_ROWS = 1024;

    private final EvaluationRequest request;
    private final Recorded recorded;
    private final DataFile data;
    private final EvaluationListener listener;

    private RecordedEvaluation(
            EvaluationRequest request, Recorded recorded, DataFile data, EvaluationListener listener) {
        this.request = request;
        this.recorded = recorded;
        this.data = data;
        this.listener = listener;
    }

    static Judged run(EvaluationRequest request, Recorded recorded, DataFile data, EvaluationListener listener)
            throws InterruptedException {
        RecordedEvaluation evaluation = new RecordedEvaluation(request, recorded, data, listener);
        Reference reference = request.compares() ? request.reference() : null;
        if (reference == null) {
            return evaluation.alone(null);
        }
        try {
            return evaluation.compared(reference);
        } catch (ReferenceFailedException e) {
            return evaluation.alone(reference.name() + " cannot be had: " + e.getMessage());
        }
    }

    private Judged alone(@Nullable String referenceMissing) throws InterruptedException {
        RowFields fields = RowFields.ofLabels(request);
        Selection selection = Evaluator.select(data, fields.all());
        return pass(fields, selection, BLOCK_ROWS, ReferenceRun.none(referenceMissing), null, null);
    }

    private Judged compared(Reference reference) throws InterruptedException {
        if (!(reference.model() instanceof OnnxModel onnx)) {
            return comparedWithRecorded(reference, (RecordedModel) reference.model());
        }
        ModelFile file;
        RowFields fields;
        Selection selection;
        try {
            file = ModelFile.open(onnx.path(), RunPlans.limits(request));
            if (reference.digest() != null && !reference.digest().equals(file.digest())) {
                throw new EvaluationFailedException(
                        "its digest is " + file.digest() + ", and the spec pins " + reference.digest(), null);
            }
            fields = RowFields.ofModel(
                    request, new Model(onnx, recorded.features(), recorded.missing()), file.description());
            selection = Evaluator.select(data, fields.all());
            DeclaredNames.check(file.description(), request.classes(), fields, selection);
        } catch (RefusedModelException | EvaluationFailedException e) {
            throw new ReferenceFailedException(e);
        }
        RunPlans plans = new RunPlans(request, fields, selection);
        int rows = RowShapes.batch(file.description()) * plans.batchesOfBlock();
        Side side = Side.start(reference.name(), file, onnx, request, plans.of(file, rows));
        return pass(
                fields,
                selection,
                rows,
                new ReferenceRun(reference.name(), null, false, null, false),
                new WorkerOpposite(side, fields),
                file);
    }

    /** Both answered somewhere else, to the same rows. */
    private Judged comparedWithRecorded(Reference reference, RecordedModel other) throws InterruptedException {
        RowFields fields = RowFields.ofLabels(request);
        Selection selection = Evaluator.select(data, fields.all());
        RecordedAnswers answers;
        try {
            answers = new RecordedAnswers(reference.name(), other, request, BLOCK_ROWS);
        } catch (EvaluationFailedException e) {
            throw new ReferenceFailedException(e);
        }
        return pass(
                fields,
                selection,
                BLOCK_ROWS,
                new ReferenceRun(reference.name(), null, false, null, false),
                new RecordedOpposite(reference.name(), answers),
                null);
    }

    private Judged pass(
            RowFields fields,
            Selection selection,
            int blockRows,
            ReferenceRun reference,
            @Nullable Opposite second,
            @Nullable ModelFile other)
            throws InterruptedException {
        ClassColumns.check(request.classes(), fields, selection);
        Scoring scoring = new Scoring(Counted.of(request, reference.name() != null), fields);
        RowBlock block = selection.newBlock(
                blockRows, (matrix, bytes) -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
        try (second;
                RecordedAnswers answers = new RecordedAnswers(SUBJECT, recorded.model(), request, blockRows);
                RowReader reader = selection.open()) {
            long rows = 0;
            while (reader.read(block) > 0) {
                Answers ofBlock = answers.next(block);
                if (second == null) {
                    scoring.add(block, ofBlock, null);
                } else {
                    second.submit(block);
                    second.score(scoring, block, ofBlock);
                }
                rows += block.rows();
                listener.judged(rows, selection.rowCount().orElse(0));
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while recorded answers were judged");
                }
            }
            answers.finish();
            if (second != null) {
                second.finish();
            }
            if (other != null) {
                other.verifyUnchanged();
            }
            return new Judged(
                    scoring,
                    fields,
                    selection,
                    Evaluator.categories(fields, reader),
                    null,
                    new ReferenceRun(
                            reference.name(),
                            reference.missing(),
                            false,
                            second == null ? null : second.describe(),
                            second != null && second.hasScores()),
                    Cost.NONE,
                    answers.hasScores(),
                    null);
        }
    }
}
