// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.tally.ClassTally;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.run.DeviceTruth;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation came to.
 *
 * @param gates one result a gate, in their order
 * @param measured the usual metrics of the task on all rows and on each slice
 * @param classes rows by what they are labelled and predicted as; none for a regression
 * @param slices rows by slice and value
 * @param model the candidate; none where predictions were judged
 * @param reference what it was compared with; none where nothing was
 * @param latency how single calls were timed; none where no gate asks for their time
 * @param throughput how calls with a whole batch were timed; none where no gate asks for it
 * @param leakage what the training has seen of the rows; none where no gate asks for it
 */
public record Evaluation(
        List<GateResult> gates,
        List<Measured> measured,
        @Nullable ClassTally classes,
        Map<String, SortedMap<String, Long>> slices,
        RowsRead rows,
        @Nullable ModelRun model,
        @Nullable ModelRun reference,
        @Nullable Calls latency,
        @Nullable Calls throughput,
        @Nullable Leakage leakage) {

    /** A metric on a set of rows: {@code writer=7}, or empty for all of them. */
    public record Measured(MetricChoice metric, String rows, Reading reading) {}

    /**
     * The data that was read.
     *
     * @param features the columns that fed each input, globs expanded
     */
    public record RowsRead(Path path, long bytes, String sha256, long rows, Map<String, List<String>> features) {}

    /**
     * A model that ran.
     *
     * @param path its file as it was loaded
     * @param digest its digest
     * @param batch the rows of a batch
     * @param device what really ran it; none for a reference that is the candidate and needed no run of its own
     */
    public record ModelRun(
            Path path,
            String digest,
            List<ModelPart> parts,
            ModelDescription description,
            int batch,
            @Nullable DeviceTruth device) {}

    /** A file of a model; the path is relative to the main file's folder. */
    public record ModelPart(String path, long bytes) {}

    /** Calls of {@code rows} rows on {@code threads} threads, timed {@code calls} times after {@code warmUps}. */
    public record Calls(int rows, int threads, int warmUps, int calls) {}
}
