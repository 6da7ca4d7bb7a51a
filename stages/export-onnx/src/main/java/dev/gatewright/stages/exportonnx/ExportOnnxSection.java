// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code export-onnx} of a spec.
 *
 * @param data the rows on which the model is judged, where the spec has no stage evaluate-metrics whose rows they are
 * @param opset the operator set that is asked for; 0 for the converter's newest that stock runtimes have
 * @param batch whether the model has to take batches of any size
 */
public record ExportOnnxSection(
        Place place, @Nullable Placed<String> data, int opset, Batch batch, List<ExportGate> gates) {

    /** The sizes of batches that the model has to take. */
    enum Batch {
        /** Any. */
        OPEN("open"),
        /** The one that it fixes. */
        FIXED("fixed");

        private final String spelling;

        Batch(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    private static final int OLDEST_OPSET = 7;
    private static final int NEWEST_OPSET = 30;

    private static final Key<Placed<String>> DATA = Key.optional(
            "data",
            Shapes.placed(Shapes.text()),
            "The data set on which the exported model is judged, where the spec has no stage evaluate-metrics; else it is judged on"
                    + " its rows.",
            "data: holdout");
    private static final Key<Long> OPSET = Key.optional(
            "opset",
            Shapes.count(OLDEST_OPSET, NEWEST_OPSET),
            "ONNX's operator set; without it the newest that the converter knows and common runtimes have.",
            "opset: 18");
    private static final Key<Batch> BATCH = Key.optional(
            "batch",
            Shapes.oneOf(Batch.values(), Batch::spelling),
            "Whether the model has to take batches of any size (open, the default), or may fix one (fixed).",
            "batch: fixed");
    private static final Key<List<ExportGate>> GATES = Key.optional(
            "gates",
            Shapes.listOrNothing(ExportGate.SHAPE),
            "The rules on the exported model, beside those of evaluate-metrics: on its distance from the source, or on a metric as in"
                    + " evaluate-metrics, which compares with the source unless it says otherwise.",
            "gates: [{metric: max_absolute_difference, max: 1e-4}, {metric: agreement, min: 0.999}]");

    static final Section<ExportOnnxSection> SHAPE =
            new Section<>("export-onnx", List.of(DATA, OPSET, BATCH, GATES), ExportOnnxSection::make);

    private static @Nullable ExportOnnxSection make(Values values, Problems problems) {
        return new ExportOnnxSection(
                values.place(),
                values.get(DATA),
                values.get(OPSET, 0L).intValue(),
                values.get(BATCH, Batch.OPEN),
                values.get(GATES, List.of()));
    }

    /** The gates on metrics of the task. */
    List<GateRequest> ofTask() {
        List<GateRequest> requests = new ArrayList<>();
        for (ExportGate gate : gates) {
            if (gate instanceof ExportGate.OfTask ofTask) {
                requests.add(ofTask.request());
            }
        }
        return requests;
    }

    /** The gates on distances from the source. */
    List<ExportGate.OfParity> ofParity() {
        List<ExportGate.OfParity> parities = new ArrayList<>();
        for (ExportGate gate : gates) {
            if (gate instanceof ExportGate.OfParity ofParity) {
                parities.add(ofParity);
            }
        }
        return parities;
    }
}
