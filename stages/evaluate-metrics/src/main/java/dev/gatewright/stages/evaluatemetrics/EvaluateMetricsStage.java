// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.Preparation;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.evaluation.Evaluation;
import dev.gatewright.validation.evaluation.EvaluationFailedException;
import dev.gatewright.validation.evaluation.EvaluationRequest;
import dev.gatewright.validation.evaluation.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Judges a model, or predictions that were made before, on labelled rows that it has not seen. */
public final class EvaluateMetricsStage implements Stage<EvaluateMetricsSection> {
    @Override
    public StageName name() {
        return StageName.EVALUATE_METRICS;
    }

    @Override
    public Shape<EvaluateMetricsSection> shape() {
        return EvaluateMetricsSection.SHAPE;
    }

    @Override
    public void check(EvaluateMetricsSection section, Spec spec, Problems problems) {
        new Requests(section, spec, problems).request(new Installation(List.of(), List.of()), 1);
        FileChecks.check(section, spec, problems);
    }

    @Override
    public boolean runsModel(EvaluateMetricsSection section) {
        return section.predictions() == null;
    }

    @Override
    public StageOutcome run(EvaluateMetricsSection section, StageRequest stage) throws InterruptedException {
        Problems problems = new Problems();
        EvaluationRequest request = new Requests(section, stage.spec(), problems)
                .request(stage.installation(), stage.threads())
                .orElseThrow(() -> new IllegalStateException("an unchecked spec is run: " + problems.errors()));
        Placed<String> data = section.data();
        String dataName = data == null ? "predictions" : data.value();
        stage.progress().step("evaluating " + stage.spec().model().name() + " on " + dataName);
        if (data != null) {
            Preparation.run(data.value(), stage);
            DataSection rows = stage.spec().data().get(data.value());
            Placed<String> training = rows == null ? null : rows.training();
            if (training != null && request.looksForLeakage()) {
                Preparation.run(training.value(), stage);
            }
        }
        long start = System.nanoTime();
        try {
            Evaluation evaluation = Evaluator.evaluate(request, stage.progress()::advanced);
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            StageOutcome outcome = new Outcomes(stage.spec(), request).of(evaluation, dataName, seconds);
            for (Report earlier : stage.earlier()) {
                refuseOtherFiles(stage.spec(), earlier, outcome.inputs());
            }
            return outcome;
        } catch (RuntimeException e) {
            // An interrupt closes the files that are read, which then fail in their own words.
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("interrupted while it judged");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e instanceof EvaluationFailedException
                    ? new StageFailedException(String.valueOf(e.getMessage()), "mend that and start the stage again", e)
                    : e;
        }
    }

    /** What was judged is what the stages before it read and left, file by file. */
    private static void refuseOtherFiles(Spec spec, Report earlier, List<Artifact> inputs) {
        for (Artifact input : inputs) {
            for (Artifact seen : earlier.inputs()) {
                if (seen.path().equals(input.path()) && !seen.sha256().equals(input.sha256())) {
                    throw changed(earlier, seen, input.sha256());
                }
            }
        }
        for (Artifact left : earlier.outputs()) {
            Path file = spec.resolve(Path.of(left.path()));
            try {
                String now = Files.exists(file)
                        ? Artifact.of(left.name(), file, spec.folder()).sha256()
                        : "gone";
                if (!now.equals(left.sha256())) {
                    throw changed(earlier, left, now);
                }
            } catch (IOException e) {
                throw new StageFailedException(file + " cannot be read: " + e.getMessage(), "look at the file", e);
            }
        }
    }

    private static StageFailedException changed(Report earlier, Artifact then, String now) {
        return new StageFailedException(
                then.path() + " is not the file of " + earlier.stage().spelling() + " any more: its digest was "
                        + then.sha256() + " and is " + now,
                "start a new run",
                null);
    }
}
