// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.evaluation.OutputParity;
import dev.gatewright.validation.evaluation.Parity;
import dev.gatewright.validation.evaluation.RowDifference;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ValueInfo;
import java.util.ArrayList;
import java.util.List;

/** An exported model and its outputs, as a report has them. */
final class ParityJson {
    private static final int MOST_PLOTTED = 4;

    private ParityJson() {}

    /** Operator sets, inputs and outputs. */
    static Json.Obj structure(ModelDescription model, List<String> defects) {
        Json.Builder opsets = Json.object();
        model.opsets().forEach(opset -> opsets.put(opset.domain(), opset.version()));
        return Json.object()
                .put("irVersion", model.irVersion())
                .put("opsets", opsets.build())
                .put("inputs", values(model.inputs()))
                .put("outputs", values(model.outputs()))
                .put("defects", Json.texts(defects))
                .build();
    }

    private static Json values(List<ValueInfo> values) {
        Json.Builder json = Json.object();
        values.forEach(value -> json.put(value.name(), value.type().toString()));
        return json.build();
    }

    /** The worst elements of each output, and pairs for a plot: small differences of them are the machine's. */
    static List<Json> outputs(Parity parity) {
        List<Json> outputs = new ArrayList<>();
        for (OutputParity output : parity.outputs()) {
            List<Json> worst = new ArrayList<>();
            for (OutputParity.Element element : output.worst()) {
                worst.add(Json.object()
                        .put("row", element.row())
                        .put("element", element.element())
                        .put("source", element.source())
                        .put("exported", element.exported())
                        .build());
            }
            List<Json> pairs = new ArrayList<>();
            if (outputs.size() < MOST_PLOTTED) {
                output.sample()
                        .forEach(pair ->
                                pairs.add(new Json.Arr(List.of(Json.of(pair.source()), Json.of(pair.exported())))));
            }
            outputs.add(Json.object()
                    .put("name", output.name())
                    .put("elements", output.elements())
                    .put("unequal", output.unequal())
                    .put("maxAbsolute", output.maxAbsolute())
                    .put("maxRelative", output.maxRelative())
                    .put("tolerance", output.tolerance())
                    .put("defect", output.defect())
                    .put("worst", worst)
                    .put("pairs", pairs)
                    .build());
        }
        return outputs;
    }

    /** The rows that are answered most differently: their numbers, labels and scores, and nothing else of the data. */
    static List<Json> worstRows(Parity parity) {
        List<Json> rows = new ArrayList<>();
        for (RowDifference row : parity.worstRows()) {
            RowDifference.Answer exported = row.exported();
            rows.add(Json.object()
                    .put("row", row.row())
                    .put("truth", row.truth())
                    .put("source", answer(row.source()))
                    .put("exported", exported == null ? Json.NULL : answer(exported))
                    .put("difference", row.difference())
                    .build());
        }
        return rows;
    }

    private static Json answer(RowDifference.Answer answer) {
        return Json.object()
                .put("label", answer.label())
                .put("score", answer.score())
                .build();
    }
}
