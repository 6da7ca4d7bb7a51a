// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.statistics.ExactSum;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a model answers to the first rows of the data, kept so that it can be held against the answers of another model, or of
 * the same one in other batches.
 */
public final class FirstAnswers {
    /** The most numbers that are kept. */
    private static final int MOST_NUMBERS = 1 << 22;

    private final Task task;
    private final List<Object> truth = new ArrayList<>();
    private final List<Object> said = new ArrayList<>();
    private final ArrayList<double[]> scores = new ArrayList<>();

    private FirstAnswers(Task task) {
        this.task = task;
    }

    /**
     * Runs the model of {@code request} on the first rows, on one thread.
     *
     * @param rows the most rows; fewer where there are fewer, or where their scores would be more numbers than are kept
     * @param batch the rows of a batch, at most {@link RunPlan#DEFAULT_BATCH}; the model's own where it takes no other
     * @throws EvaluationFailedException if the model cannot be run on them
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static FirstAnswers of(EvaluationRequest request, int rows, int batch) throws InterruptedException {
        return Evaluator.failingAlike(() -> {
            try (DataFile data = request.rows().open()) {
                FirstAnswers answers = new FirstAnswers(request.task());
                answers.run(request, (Model) request.subject(), data, rows, batch);
                data.verifyUnchanged();
                return answers;
            }
        });
    }

    private void run(EvaluationRequest request, Model model, DataFile data, int rows, int batch)
            throws InterruptedException {
        ModelFile file = ModelFile.open(model.model().path(), RunPlans.limits(request));
        RowFields fields = RowFields.ofModel(request, model, file.description());
        Selection selection = Evaluator.select(data, fields.all());
        int together = RowShapes.fixesBatch(file.description()) ? RowShapes.batch(file.description()) : batch;
        RunPlan plan = new RunPlans(request, fields, selection).of(file).withSlots(1, 1);
        try (Side side = Side.start("the model", file, model.model(), request, plan);
                RowReader reader = selection.open()) {
            Slot slot = side.runner().emptySlot();
            RowBlock block = SlotRows.block(selection, Math.min(together, slot.capacity()), fields, slot);
            for (int read = reader.read(block); read > 0 && said.size() < rows; read = reader.read(block)) {
                SlotRows.fillStrings(fields, block, slot);
                side.runner().submit(slot, read);
                side.runner().next();
                keep(block, fields, side, slot, Math.min(read, rows - said.size()));
                side.runner().release(slot);
                if (!scores.isEmpty() && said.size() >= MOST_NUMBERS / scores.get(0).length) {
                    break;
                }
            }
            file.verifyUnchanged();
        }
    }

    private void keep(RowBlock block, RowFields fields, Side side, Slot slot, int rows) throws InterruptedException {
        Answers answers = side.answers(slot, block.firstRow());
        TensorView view = side.hasScores() ? side.scores(slot) : null;
        for (int row = 0; row < rows; row++) {
            truth.add(truth(block, fields.label(), row));
            said.add(said(answers, row));
            if (view != null) {
                double[] ofRow = new double[view.spec().rowSize()];
                for (int k = 0; k < ofRow.length; k++) {
                    ofRow[k] = view.real(row * ofRow.length + k);
                }
                scores.add(ofRow);
            }
        }
    }

    private static Object truth(RowBlock block, Field label, int row) {
        if (label instanceof Field.ClassLabel ofOneClass) {
            return block.codes(ofOneClass)[row];
        }
        if (label instanceof Field.Matrix ones) {
            BitSet set = new BitSet();
            int classes = block.width(ones);
            for (int k = 0; k < classes; k++) {
                set.set(k, block.memory(ones).get(row * classes + k) != 0);
            }
            return set;
        }
        return block.numbers((Field.Scalar) label)[row];
    }

    private Object said(Answers answers, int row) {
        if (!task.isClassification()) {
            return answers.number(row);
        }
        if (task.isOfOneClass()) {
            return answers.predictedClass(row);
        }
        BitSet set = new BitSet();
        for (int k = 0; k < answers.classes(); k++) {
            set.set(k, answers.predicts(row, k));
        }
        return set;
    }

    /** How many rows were answered. */
    public int rows() {
        return said.size();
    }

    /** In how many rows {@code other} says another class, set of classes or number. */
    public int changedIn(FirstAnswers other) {
        checkSameRows(other);
        int changed = 0;
        for (int row = 0; row < said.size(); row++) {
            changed += said.get(row).equals(other.said.get(row)) ? 0 : 1;
        }
        return changed;
    }

    /**
     * How much larger these scores are than what {@code noisy} adds to them: the signal to quantisation noise ratio in decibels,
     * {@code 10 log10(sum of x² / sum of (x - y)²)} over all scores of all rows. Infinite where nothing is added; NaN where there
     * are no scores.
     */
    public double signalToNoise(FirstAnswers noisy) {
        checkSameRows(noisy);
        ExactSum signal = new ExactSum();
        ExactSum noise = new ExactSum();
        for (int row = 0; row < scores.size(); row++) {
            for (int k = 0; k < scores.get(row).length; k++) {
                double clean = scores.get(row)[k];
                double added = clean - noisy.scores.get(row)[k];
                signal.add(clean * clean);
                noise.add(added * added);
            }
        }
        return scores.isEmpty() ? Double.NaN : 10 * StrictMath.log10(signal.rounded() / noise.rounded());
    }

    /** The share of the rows that are right; of a regression the root of the mean squared error. NaN without rows. */
    public double score() {
        if (task.isClassification()) {
            int right = 0;
            for (int row = 0; row < said.size(); row++) {
                right += said.get(row).equals(truth.get(row)) ? 1 : 0;
            }
            return said.isEmpty() ? Double.NaN : (double) right / said.size();
        }
        ExactSum squares = new ExactSum();
        for (int row = 0; row < said.size(); row++) {
            double error = (Double) said.get(row) - (Double) truth.get(row);
            squares.add(error * error);
        }
        return StrictMath.sqrt(squares.rounded() / said.size());
    }

    private void checkSameRows(FirstAnswers other) {
        if (other.said.size() != said.size() || other.scores.size() != scores.size()) {
            throw new IllegalArgumentException(
                    "answers to " + said.size() + " rows are held against answers to " + other.said.size());
        }
    }
}
