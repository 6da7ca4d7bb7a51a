// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.evaluation.EvaluationRequest.OnnxModel;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.TensorView;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One side of an evaluation: a model in its worker process, and what its outputs mean. */
final class Side implements AutoCloseable {
    private final String subject;
    private final ModelFile file;
    private final OnnxModel model;
    private final EvaluationRequest request;
    private final FutureTask<ModelRunner> starting;
    private final Thread starter;
    private final ModelAnswers.Meaning meaning;
    private @Nullable OutputChoice outputs;

    private Side(String subject, ModelFile file, OnnxModel model, EvaluationRequest request, RunPlan plan) {
        WorkerOptions options = request.machine().worker();
        this.subject = subject;
        this.file = file;
        this.model = model;
        this.request = request;
        this.meaning = ModelAnswers.Meaning.of(subject, request, model.logits());
        // The worker starts while the rows' first block is read.
        this.starting = new FutureTask<>(() -> ModelRunner.start(plan, options));
        this.starter = new Thread(starting, "start of " + subject);
        this.starter.setDaemon(true);
        this.starter.start();
    }

    /** Starts a worker for a checked model; {@code subject} is what messages call it. */
    static Side start(String subject, ModelFile file, OnnxModel model, EvaluationRequest request, RunPlan plan) {
        return new Side(subject, file, model, request, plan);
    }

    String subject() {
        return subject;
    }

    /** The running model. Waits until it is loaded. */
    ModelRunner runner() throws InterruptedException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new EvaluationFailedException(subject + " could not be started: " + e.getCause(), e);
        }
    }

    /** What the model answered for the rows of a block that begins with {@code firstRow}. */
    Answers answers(Slot slot, long firstRow) throws InterruptedException {
        OutputChoice choice = outputs;
        if (choice == null) {
            choice = OutputChoice.of(runner().outputs(), model, request.task(), request.classes());
            outputs = choice;
        }
        return new ModelAnswers(
                choice.scores() == OutputChoice.NONE ? null : slot.output(choice.scores()),
                choice.prediction() == OutputChoice.NONE ? null : slot.output(choice.prediction()),
                meaning,
                firstRow);
    }

    /** Its scores for the rows of a block, as they came; only where it {@link #hasScores has} any. */
    TensorView scores(Slot slot) {
        return slot.output(Objects.requireNonNull(outputs).scores());
    }

    /** Whether it gives scores, and not only classes; known once it has answered. */
    boolean hasScores() {
        return outputs != null && outputs.scores() != OutputChoice.NONE;
    }

    /** What ran, once it has answered. */
    Evaluation.ModelRun describe() throws InterruptedException {
        List<Evaluation.ModelPart> parts = new ArrayList<>();
        for (FileState state : file.files()) {
            parts.add(new Evaluation.ModelPart(state.path(), state.bytes()));
        }
        return new Evaluation.ModelRun(
                file.path(),
                file.digest(),
                parts,
                file.description(),
                runner().batch(),
                outputs == null ? null : runner().device());
    }

    /** Ends the worker. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        starter.interrupt();
        try {
            starter.join();
            if (!starting.isCancelled()) {
                starting.get().close();
            }
        } catch (ExecutionException e) {
            // It never started: there is nothing to end, and whoever asked for it was told why.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
