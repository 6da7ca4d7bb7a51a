// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.evaluation.EvaluationRequest.OnnxModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.Reference;
import dev.gatewright.validation.evaluation.EvaluationRequest.Training;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A pass of rows through a model, and through the one that it is compared with. */
final class ModelEvaluation {
    /** Blocks that exist at once: one is filled, one runs, one is counted. */
    static final int SLOTS = 3;

    /** More batches of one model until both have a whole number of them are too many for a block. */
    private static final int MOST_BATCHES_IN_STEP = 1024;

    private final EvaluationRequest request;
    private final Model model;
    private final ModelFile file;
    private final RowFields fields;
    private final Selection selection;
    private final RunPlans plans;
    private final EvaluationListener listener;

    private ModelEvaluation(
            EvaluationRequest request, Model model, ModelFile file, DataFile data, EvaluationListener listener) {
        this.request = request;
        this.model = model;
        this.file = file;
        this.fields = RowFields.ofModel(request, model, file.description());
        this.selection = Evaluator.select(data, fields.all());
        this.plans = new RunPlans(request, fields, selection);
        this.listener = listener;
    }

    static Judged run(EvaluationRequest request, Model model, DataFile data, EvaluationListener listener)
            throws InterruptedException {
        ModelFile file = ModelFile.open(model.model().path(), RunPlans.limits(request));
        ModelEvaluation evaluation = new ModelEvaluation(request, model, file, data, listener);
        DeclaredNames.check(file.description(), request.classes(), evaluation.fields, evaluation.selection);
        ClassColumns.check(request.classes(), evaluation.fields, evaluation.selection);
        Reference reference = request.compares() ? request.reference() : null;
        if (reference == null) {
            return evaluation.alone(null);
        }
        try {
            return evaluation.compared(reference);
        } catch (ReferenceFailedException e) {
            // The gates that compare nothing are judged all the same, in a pass of the candidate alone.
            return evaluation.alone(reference.name() + " cannot be had: " + e.getMessage());
        }
    }

    private Judged alone(@Nullable String referenceMissing) throws InterruptedException {
        return passAlone(ReferenceRun.none(referenceMissing));
    }

    private Judged compared(Reference reference) throws InterruptedException {
        if (reference.model() instanceof RecordedModel recorded) {
            int rows = RowShapes.batch(file.description()) * plans.batchesOfBlock();
            return pass(
                    new ReferenceRun(reference.name(), null, false, null, false),
                    recorded(reference.name(), recorded, rows),
                    null,
                    rows);
        }
        OnnxModel onnx = (OnnxModel) reference.model();
        ModelFile other = openReference(reference, onnx);
        if (other.digest().equals(file.digest()) && onnx.isReadAs(model.model())) {
            return passAlone(new ReferenceRun(reference.name(), null, true, null, false));
        }
        int rows = commonBlock(other);
        Side side = Side.start(reference.name(), other, onnx, request, plans.of(other, rows));
        Opposite second = new WorkerOpposite(side, fields);
        return pass(new ReferenceRun(reference.name(), null, false, null, false), second, other, rows);
    }

    private Opposite recorded(String name, RecordedModel recorded, int rows) {
        try {
            return new RecordedOpposite(name, new RecordedAnswers(name, recorded, request, rows));
        } catch (EvaluationFailedException e) {
            throw new ReferenceFailedException(e);
        }
    }

    private ModelFile openReference(Reference reference, OnnxModel onnx) {
        try {
            ModelFile other = ModelFile.open(onnx.path(), RunPlans.limits(request));
            if (reference.digest() != null && !reference.digest().equals(other.digest())) {
                throw new EvaluationFailedException(
                        "its digest is " + other.digest() + ", and the spec pins " + reference.digest(), null);
            }
            Model asModel = new Model(onnx, model.features(), model.missing());
            if (!RowFields.ofModel(request, asModel, other.description())
                    .features()
                    .equals(fields.features())) {
                throw new EvaluationFailedException("its inputs have other types or sizes than the candidate's", null);
            }
            DeclaredNames.check(other.description(), request.classes(), fields, selection);
            return other;
        } catch (RefusedModelException | EvaluationFailedException e) {
            throw new ReferenceFailedException(e);
        }
    }

    private Judged passAlone(ReferenceRun reference) throws InterruptedException {
        return pass(reference, null, null, RowShapes.batch(file.description()) * plans.batchesOfBlock());
    }

    /**
     * Streams all rows through the candidate, and through the second side where there is one; closes that side.
     *
     * @param blockRows whole batches of each
     */
    private Judged pass(ReferenceRun reference, @Nullable Opposite second, @Nullable ModelFile other, int blockRows)
            throws InterruptedException {
        Counted counted = Counted.of(request, reference.name() != null);
        Scoring scoring = new Scoring(counted, fields);
        try (second;
                Side candidate = Side.start("the model", file, model.model(), request, plans.of(file, blockRows));
                RowReader reader = selection.open()) {
            Pipeline pipeline =
                    new Pipeline(candidate, second, reference.sameModel(), fields, selection, scoring, listener);
            Stopwatch stopwatch = new Stopwatch(request, RowShapes.fixesBatch(file.description()));
            pipeline.stream(reader, stopwatch::measure);
            if (second != null) {
                second.finish();
            }
            file.verifyUnchanged();
            if (other != null) {
                other.verifyUnchanged();
            }
            Evaluation.ModelRun run = candidate.describe();
            Evaluation.ModelRun otherRun = second != null ? second.describe() : reference.sameModel() ? run : null;
            return new Judged(
                    scoring,
                    fields,
                    selection,
                    Evaluator.categories(fields, reader),
                    run,
                    new ReferenceRun(
                            reference.name(),
                            reference.missing(),
                            reference.sameModel(),
                            otherRun,
                            second == null ? candidate.hasScores() : second.hasScores()),
                    stopwatch.cost(candidate.runner()),
                    candidate.hasScores(),
                    leakage());
        }
    }

    /** What the training has seen of the rows; none where no gate asks, or the training data is not named. */
    private @Nullable Leakage leakage() {
        Training training = request.training();
        if (training == null || !request.looksForLeakage()) {
            return null;
        }
        Model trained = new Model(model.model(), training.features(), training.missing());
        RowFields ofTraining = RowFields.ofModel(request, trained, file.description());
        return LeakageSearch.run(training, fields, selection, ofTraining);
    }

    /** The rows of a block that is a whole number of batches of both models, so that each keeps its own. */
    private int commonBlock(ModelFile other) {
        int one = RowShapes.batch(file.description());
        int two = RowShapes.batch(other.description());
        long common = BigInteger.valueOf(one).gcd(BigInteger.valueOf(two)).longValueExact();
        long step = one / common * two;
        long smaller = Math.min(one, two);
        if (step / smaller > MOST_BATCHES_IN_STEP) {
            throw new ReferenceFailedException(new EvaluationFailedException(
                    "it takes batches of " + two + " rows and the candidate of " + one
                            + ", which end together only every " + step + " rows; export both with an open first axis",
                    null));
        }
        return Math.toIntExact(step * Math.max(1, smaller * plans.batchesOfBlock() / step));
    }
}
