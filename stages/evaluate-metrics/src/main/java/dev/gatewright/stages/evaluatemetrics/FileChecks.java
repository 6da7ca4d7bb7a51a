// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluatemetrics.EvaluateMetricsSection.PredictionsSection;
import dev.gatewright.validation.evaluation.EvaluationRequest;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds a request against the files that are there already: what an earlier stage will write is looked at later. */
final class FileChecks {
    private FileChecks() {}

    static void check(EvaluateMetricsSection section, Spec spec, EvaluationRequest request, Problems problems) {
        // Filled in once the data module's problems carry their candidates.
    }
}
