// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows, and the gates by which a model, or predictions that were made before, are judged on them: the section {@code
 * evaluate-metrics} of a spec. Stages that make another form of the model judge it by the same one.
 *
 * @param data the data set on which the model is judged; none where predictions are
 * @param predictions a file with answers that were given before; none where the model is judged
 */
public record EvaluationSection(
        Place place,
        @Nullable Placed<String> data,
        @Nullable PredictionsSection predictions,
        List<GateRequest> gates) {

    /**
     * A file with labels and the answers to them.
     *
     * @param prediction the column with the predicted class or number, or columns as those of a multilabel task's label
     * @param scores the columns with a probability a class, in the order of the classes
     */
    public record PredictionsSection(
            Placed<Path> path,
            DataSection.Label label,
            List<Placed<String>> prediction,
            List<Placed<String>> scores,
            List<Placed<String>> slices) {

        private static final Key<Placed<Path>> PATH = Key.required(
                "path",
                Shapes.placed(Shapes.path()),
                "The file (CSV, TSV or JSON Lines, also as .gz or .zst; NPZ; NPY; Parquet), or a folder or a glob of such files.",
                "path: predictions.csv");
        private static final Key<DataSection.Label> LABEL =
                Key.required("label", DataSection.LABEL, DataSection.LABEL_MEANING, "label: digit");
        private static final Key<List<Placed<String>>> PREDICTION = Key.optional(
                "prediction",
                Shapes.listOf(Shapes.placed(Shapes.text()), true),
                "The column with the predicted class or number; of a multilabel-classification the columns (names, globs) with a 0"
                        + " or 1 for each class, in the order of model.classes.",
                "prediction: predicted");
        private static final Key<List<Placed<String>>> SCORES = Key.optional(
                "scores",
                Shapes.listOf(Shapes.placed(Shapes.text()), true),
                "The columns (names, globs) with a probability a class, in the order of the classes.",
                "scores: \"p_*\"");

        static final Section<PredictionsSection> SHAPE = new Section<>(
                "predictions", List.of(PATH, LABEL, PREDICTION, SCORES, DataSection.SLICES), PredictionsSection::make);

        private static @Nullable PredictionsSection make(Values values, Problems problems) {
            if (!values.has(PREDICTION) && !values.has(SCORES)) {
                problems.add(values.place(), "predictions need the key 'prediction' or 'scores'", PREDICTION.example());
                return null;
            }
            return new PredictionsSection(
                    values.need(PATH),
                    values.need(LABEL),
                    values.get(PREDICTION, List.of()),
                    values.get(SCORES, List.of()),
                    values.get(DataSection.SLICES, List.of()));
        }
    }

    private static final Key<Placed<String>> DATA = Key.optional(
            "data", Shapes.placed(Shapes.text()), "The data set on which the model is judged.", "data: holdout");
    private static final Key<PredictionsSection> PREDICTIONS = Key.optional(
            "predictions",
            PredictionsSection.SHAPE,
            "A file with answers that were given before, judged in place of a model.",
            "predictions: {path: predictions.csv, label: digit, prediction: predicted}");
    private static final Key<List<GateRequest>> GATES = Key.required(
            "gates",
            Shapes.listOf(GateRequest.SHAPE, false),
            "The rules on the metrics.",
            "gates: [{metric: accuracy, min: 0.95, confidence: 0.95}]");

    /** The shape of such a section. */
    public static final Section<EvaluationSection> SHAPE =
            new Section<>("evaluate-metrics", List.of(DATA, PREDICTIONS, GATES), EvaluationSection::make);

    private static @Nullable EvaluationSection make(Values values, Problems problems) {
        if (values.has(DATA) == values.has(PREDICTIONS)) {
            problems.add(
                    values.place(),
                    values.has(DATA)
                            ? "evaluate-metrics judges a model on data, or predictions; remove one of both keys"
                            : "evaluate-metrics needs the key 'data', or 'predictions'",
                    DATA.example());
            return null;
        }
        return new EvaluationSection(values.place(), values.get(DATA), values.get(PREDICTIONS), values.need(GATES));
    }

    /** The rows of a data set, judged by no gate of evaluate-metrics, since the spec has none. */
    public static EvaluationSection withoutGates(Place place, Placed<String> data) {
        return new EvaluationSection(place, data, null, List.of());
    }

    /** The section of the spec's stage evaluate-metrics; empty where the spec leaves that stage out. */
    public static Optional<EvaluationSection> of(Spec spec) {
        return spec.stage(StageName.EVALUATE_METRICS).map(plan -> (EvaluationSection) plan.section());
    }

    /** Adds to {@code problems} all that is wrong with it and can be known before any work. */
    public void check(Spec spec, Problems problems) {
        new Requests(this, spec, problems).ofSpec(List.of(), Installation.NONE, 1);
        FileChecks.check(this, spec, problems);
    }

    /** The same for rows that a model is only run on. */
    public void checkRows(Spec spec, Problems problems) {
        new Requests(this, spec, problems).refuseUnknownData();
        FileChecks.check(this, spec, problems);
    }

    /** What a report calls the rows. */
    public String rowsName() {
        return data == null ? "predictions" : data.value();
    }
}
