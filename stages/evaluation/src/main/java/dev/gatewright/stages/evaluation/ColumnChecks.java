// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.stages.api.spec.ModelSection;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.EvaluationSection.PredictionsSection;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.evaluation.ClassColumns;
import dev.gatewright.validation.metrics.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds the columns that a spec names against those that a data file has; no row is read. */
final class ColumnChecks {
    private final DataFile file;
    private final List<String> names;
    private final Spec spec;
    private final Problems problems;
    private OptionalLong rows = OptionalLong.empty();

    ColumnChecks(DataFile file, Spec spec, Problems problems) {
        this.file = file;
        this.names = FileChecks.names(file);
        this.spec = spec;
        this.problems = problems;
    }

    /** The columns of a predictions file; the number of rows, where the file says it. */
    OptionalLong predictions(PredictionsSection predictions) {
        common(predictions.label(), predictions.slices());
        if (!predictions.prediction().isEmpty()) {
            answer("prediction", predictions.prediction(), Field.Spelling.NAME);
        }
        List<Placed<String>> scores = predictions.scores();
        if (!scores.isEmpty()) {
            List<String> columns = scores.stream().map(Placed::value).toList();
            Field.Matrix matrix = new Field.Matrix(
                    "scores",
                    OpenedModel.elementType(false),
                    columns,
                    Field.Missing.REFUSE,
                    spec.model().classes().size());
            ofClasses(matrix, scores.get(0).place(), "scores");
        }
        return rows;
    }

    /** The columns that feed a model, which may not be there yet; the number of rows, where the file says it. */
    OptionalLong model(DataSection data, Optional<OpenedModel> model) {
        common(data.label(), data.slices());
        for (Map.Entry<String, List<Placed<String>>> feature : data.features().entrySet()) {
            String input = feature.getKey();
            List<String> columns =
                    feature.getValue().stream().map(Placed::value).toList();
            Place place = feature.getValue().get(0).place();
            Optional<String> write = nearest(columns).map(near -> "features: {" + input + ": \"" + near + "\"}");
            if (model.isPresent() && model.get().inputs().contains(input)) {
                Field.Matrix matrix = matrix(
                        input,
                        columns,
                        model.get().takesTexts(input),
                        model.get().width(input));
                Optional<Selection> selection = check(matrix, place, write);
                if (selection.isPresent() && model.get().inputs().size() == 1) {
                    order(model.get(), selection.get().columns(matrix), place);
                }
            } else if (file.select(List.of(matrix(input, columns, true, Field.Matrix.ANY_WIDTH)))
                    instanceof dev.gatewright.validation.data.Problems) {
                // Without the model nobody knows what it takes: only what is neither numbers nor texts is wrong.
                check(matrix(input, columns, false, Field.Matrix.ANY_WIDTH), place, write);
            }
        }
        return rows;
    }

    private static Field.Matrix matrix(String input, List<String> columns, boolean texts, int width) {
        return new Field.Matrix(input, OpenedModel.elementType(texts), columns, Field.Missing.REFUSE, width);
    }

    private void common(DataSection.Label label, List<Placed<String>> slices) {
        Field.Spelling spelling =
                label.spelling() == DataSection.LabelSpelling.INDEX ? Field.Spelling.INDEX : Field.Spelling.NAME;
        answer("label", label.columns(), spelling);
        for (Placed<String> slice : slices) {
            single(new Field.Category(slice.value()), slice, "slices: ");
        }
    }

    /** The columns of a label or a prediction. */
    private void answer(String key, List<Placed<String>> columns, Field.Spelling spelling) {
        ModelSection model = spec.model();
        Placed<String> first = columns.get(0);
        if (model.task() == Task.MULTILABEL_CLASSIFICATION) {
            List<String> names = columns.stream().map(Placed::value).toList();
            Field.Matrix ones = new Field.Matrix(
                    key,
                    ElementType.BOOL,
                    names,
                    Field.Missing.REFUSE,
                    model.classes().size());
            ofClasses(ones, first.place(), key);
        } else {
            Field field = model.task().isOfOneClass()
                    ? new Field.ClassLabel(first.value(), model.classes(), spelling)
                    : new Field.Scalar(first.value());
            single(field, first, key + ": ");
        }
    }

    /** Columns with a value for each class. */
    private void ofClasses(Field.Matrix matrix, Place place, String key) {
        Optional<String> write = nearest(matrix.columns()).map(near -> key + ": \"" + near + "\"");
        check(matrix, place, write)
                .flatMap(selection -> ClassColumns.wrongOrder(
                        selection.columns(matrix), spec.model().classes()))
                .ifPresent(wrong -> problems.add(place, wrong));
    }

    private void single(Field field, Placed<String> column, String key) {
        boolean isList = key.startsWith("slices");
        check(
                field,
                column.place(),
                nearest(List.of(column.value())).map(near -> isList ? key + "[" + near + "]" : key + near));
    }

    private Optional<Selection> check(Field field, Place place, Optional<String> write) {
        SelectionResult result = file.select(List.of(field));
        if (result instanceof dev.gatewright.validation.data.Problems wrong) {
            wrong.list()
                    .forEach(problem ->
                            problems.add(place, Withheld.sentence(problem.sentence(), spec), write.orElse(null)));
            return Optional.empty();
        }
        Selection selection = (Selection) result;
        rows = rows.isPresent() ? rows : selection.rowCount();
        return Optional.of(selection);
    }

    /** The column that was most likely meant by the first of {@code columns} that is none. */
    private Optional<String> nearest(List<String> columns) {
        return columns.stream()
                .filter(column -> !names.contains(column))
                .findFirst()
                .flatMap(column -> DidYouMean.nearest(column, names));
    }

    /** A model that names its features is fed in that order, or answers wrongly. */
    private void order(OpenedModel model, List<String> columns, Place place) {
        String declared = model.description().metadata().get(ModelChecks.FEATURES);
        if (declared != null && !texts(declared).equals(Optional.of(columns))) {
            problems.add(
                    place,
                    "the model names its features " + declared + ", and these columns are " + shown(columns)
                            + "; select the columns in the model's order");
        }
    }

    /** The texts of a JSON array; empty where it is none. */
    static Optional<List<String>> texts(String json) {
        try {
            if (JsonReader.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Json.Arr array
                    && array.items().stream().allMatch(Json.Text.class::isInstance)) {
                return Optional.of(array.items().stream()
                        .map(item -> ((Json.Text) item).value())
                        .toList());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String shown(List<String> texts) {
        return dev.gatewright.stages.api.json.JsonWriter.compact(Json.texts(texts));
    }
}
