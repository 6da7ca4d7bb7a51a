// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.quantization.Calibrator;
import dev.gatewright.validation.quantization.Ranges;
import dev.gatewright.validation.quantization.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the ranges that int8-static needs, each time they are first asked for in another way. */
final class Calibration {
    private final ModelFile original;
    private final @Nullable FormJudge rows;
    private final int samples;
    private final Workshop workshop;
    private final Progress progress;
    private final Map<Rung.Finding, Ranges> found = new HashMap<>();
    private FormJudge.@Nullable RowsRun run;

    /**
     * A calibration on the first {@code samples} rows.
     *
     * @param rows runs the calibration's rows; none where no rung needs them
     */
    Calibration(ModelFile original, @Nullable FormJudge rows, int samples, Workshop workshop, Progress progress) {
        this.original = original;
        this.rows = rows;
        this.samples = samples;
        this.workshop = workshop;
        this.progress = progress;
    }

    /**
     * The scheme of a rung, calibrated where it has to be.
     *
     * @throws dev.gatewright.validation.quantization.UnquantizableModelException if a value of the model has no range
     * @throws dev.gatewright.stages.api.StageFailedException if the rows cannot be run
     */
    Scheme scheme(Rung rung) throws IOException, InterruptedException {
        Rung.Finding finding = rung.finding();
        if (finding == null || rows == null) {
            return rung.uncalibrated();
        }
        Ranges ranges = found.get(finding);
        if (ranges == null) {
            ranges = find(finding, rows);
            found.put(finding, ranges);
        }
        return rung.calibrated(ranges);
    }

    private Ranges find(Rung.Finding finding, FormJudge judge) throws IOException, InterruptedException {
        Calibrator calibrator = new Calibrator(original, finding.method(), finding.percentile(), finding.exact());
        if (calibrator.values().isEmpty()) {
            return new Ranges(Map.of());
        }
        Path folder = workshop.newFolder("probe");
        for (int pass = 1; pass <= calibrator.passes(); pass++) {
            progress.step("calibrating (" + finding.method().spelling() + ", pass " + pass + " of "
                    + calibrator.passes() + ")");
            Path probe = folder.resolve("pass-" + pass + ".onnx");
            calibrator.writeProbe(probe);
            run = judge.run(Workshop.open(probe), samples, calibrator::take);
        }
        workshop.discard(folder);
        return calibrator.ranges();
    }

    /** The rows that were run; empty where no rung asked for ranges. */
    Optional<Artifact> artifact() {
        return Optional.ofNullable(run).map(FormJudge.RowsRun::artifact);
    }

    /** What the judgement rests on of it; null where no rung asked for ranges. */
    Json toJson() {
        return run == null
                ? Json.NULL
                : Json.object()
                        .put("data", run.artifact().name())
                        .put("rows", run.rows())
                        .build();
    }
}
