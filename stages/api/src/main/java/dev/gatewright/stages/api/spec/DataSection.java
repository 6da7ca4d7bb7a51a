// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.validation.metrics.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A labelled data set.
 *
 * @param features model input by name, and the columns (names, globs, or one array) that feed it
 * @param slices columns whose values tell groups of rows apart
 * @param missing what an empty cell or NaN of a feature is
 * @param images how the images of the folder are prepared; none where the rows are of another kind
 * @param training the name of the data set on which the model was trained
 * @param prepare the command that writes the rows; none where they are there
 * @param neverLeave columns (names, globs) whose values are in no golden file, image, log or report
 */
public record DataSection(
        Place place,
        Placed<Path> path,
        Label label,
        Map<String, List<Placed<String>>> features,
        List<Placed<String>> slices,
        Missing missing,
        @Nullable ImagesSection images,
        @Nullable Placed<String> training,
        @Nullable PrepareSection prepare,
        List<Placed<String>> neverLeave) {

    /**
     * Where the truth stands, and whether it names classes or counts them.
     *
     * @param columns one column; of a multilabel task the columns, or globs, with a 0 or 1 for each class
     */
    public record Label(List<Placed<String>> columns, LabelSpelling spelling) {
        /** The names or globs. */
        public List<String> names() {
            return columns.stream().map(Placed::value).toList();
        }

        /** Whether such a task has such a label; if not, the problems say why. */
        public boolean fits(Task task, Problems problems) {
            if (task == Task.MULTILABEL_CLASSIFICATION && spelling == LabelSpelling.INDEX) {
                problems.add(
                        columns.get(0).place(),
                        "the label of a " + task.spelling()
                                + " is a column of 0 and 1 for each class, in the order of model.classes; name those columns",
                        "label: \"is_*\"");
                return false;
            }
            if (task != Task.MULTILABEL_CLASSIFICATION && columns.size() > 1) {
                problems.add(
                        columns.get(1).place(),
                        "a " + task.spelling() + " has one label a row, in one column",
                        "label: " + columns.get(0).value());
                return false;
            }
            return true;
        }
    }

    /** How a label column tells a class. */
    public enum LabelSpelling {
        /** By the class's name. */
        NAME("name"),
        /** By its position in {@code model.classes}, from 0. */
        INDEX("index");

        private final String spelling;

        LabelSpelling(String spelling) {
            this.spelling = spelling;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    /** What an empty cell or NaN of a feature is. */
    public enum Missing {
        /** An error: the data set is refused. */
        REFUSE("refuse"),
        /** NaN, for models that know missing values. */
        NAN("nan");

        private final String spelling;

        Missing(String spelling) {
            this.spelling = spelling;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    private static final Key<Placed<String>> COLUMN =
            Key.required("column", Shapes.placed(Shapes.text()), "The column's name.", "column: digit");
    private static final Key<LabelSpelling> AS = Key.required(
            "as",
            Shapes.oneOf(LabelSpelling.values(), LabelSpelling::spelling),
            "Whether the column holds class names or their positions in model.classes, from 0.",
            "as: index");

    /** The shape of a label: a column's name, those of several, or a mapping. */
    public static final Shape<Label> LABEL = new LabelShape(new Section<>(
            "a label",
            List.of(COLUMN, AS),
            (values, problems) -> new Label(List.of(values.need(COLUMN)), values.need(AS))));

    /** What the key of a label says of itself. */
    public static final String LABEL_MEANING =
            "The column of the truth; of a multilabel-classification the columns (names, globs) with a 0 or 1 for each class, in"
                    + " the order of model.classes.";

    /** The key for the columns whose values tell groups of rows apart. */
    public static final Key<List<Placed<String>>> SLICES = Key.optional(
            "slices",
            Shapes.listOf(Shapes.placed(Shapes.text()), false),
            "Columns whose values tell groups of rows apart, for gates with a slice.",
            "slices: [writer]");

    private static final Key<Placed<Path>> PATH = Key.required(
            "path",
            Shapes.placed(Shapes.path()),
            "The file (CSV, TSV or JSON Lines, also as .gz or .zst; NPZ; NPY; Parquet), or a folder or a glob of such files.",
            "path: data/holdout.csv");
    private static final Key<Label> LABEL_KEY = Key.required("label", LABEL, LABEL_MEANING, "label: digit");
    private static final Key<Map<String, List<Placed<String>>>> FEATURES = Key.required(
            "features",
            Shapes.mapOf("model inputs to columns", Shapes.listOf(Shapes.placed(Shapes.text()), true)),
            "The model's inputs, each with the columns (names, globs) or the array that feeds it, in the order of the file.",
            "features: {image: \"pixel_*\"}");
    private static final Key<Missing> MISSING = Key.optional(
            "missing",
            Shapes.oneOf(Missing.values(), Missing::spelling),
            "What an empty cell or NaN of a feature is: an error (the default), or NaN for models that know missing values.",
            "missing: nan");

    private static final Key<ImagesSection> IMAGES = Key.optional(
            "images",
            ImagesSection.SHAPE,
            "That the path is a folder with a folder of PNG or JPEG images for each class, and how they are prepared: column"
                    + " 'image' has the prepared image, column 'class' the name of its folder.",
            "images: {resize: 256, crop: 224}");

    private static final Key<Placed<String>> TRAINING = Key.optional(
            "training",
            Shapes.placed(Shapes.text()),
            "The data set on which the model was trained, for gates on leakage: how many of these rows it has seen.",
            "training: train");

    private static final Key<PrepareSection> PREPARE = Key.optional(
            "prepare",
            PrepareSection.SHAPE,
            "A command that writes the rows to 'path' before they are judged, such as an NPZ or Parquet file with the"
                    + " features as the model takes them.",
            "prepare: {run: python prepare.py}");

    private static final Key<List<Placed<String>>> NEVER_LEAVE = Key.optional(
            "never-leave",
            Shapes.listOf(Shapes.placed(Shapes.text()), true),
            "Columns (names, globs) whose values are in no golden file, image, log or report; they can feed a model that is judged"
                    + " here, and no golden row.",
            "never-leave: [name, \"address_*\"]");

    static final Section<DataSection> SHAPE = new Section<>(
            "a data set",
            List.of(PATH, LABEL_KEY, FEATURES, SLICES, MISSING, IMAGES, TRAINING, PREPARE, NEVER_LEAVE),
            DataSection::make);

    private static @Nullable DataSection make(Values values, Problems problems) {
        Placed<Path> path = values.need(PATH);
        boolean isBelow = !path.value().isAbsolute() && !path.value().startsWith("..");
        if (values.has(PREPARE) && !isBelow) {
            problems.add(
                    path.place(),
                    "'" + path.value()
                            + "' is not below the spec's folder, so that no command of the spec may write it",
                    "path: build/holdout.npz");
            return null;
        }
        if (!keepsWhatMustStay(values, problems)) {
            return null;
        }
        return new DataSection(
                values.place(),
                path,
                values.need(LABEL_KEY),
                values.need(FEATURES),
                values.get(SLICES, List.of()),
                values.get(MISSING, Missing.REFUSE),
                values.get(IMAGES),
                values.get(TRAINING),
                values.get(PREPARE),
                values.get(NEVER_LEAVE, List.of()));
    }

    /** The values of labels and slices stand in reports. */
    private static boolean keepsWhatMustStay(Values values, Problems problems) {
        boolean keeps = true;
        for (Placed<String> kept : values.get(NEVER_LEAVE, List.of())) {
            List<Placed<String>> told = new ArrayList<>(values.need(LABEL_KEY).columns());
            told.addAll(values.get(SLICES, List.of()));
            for (Placed<String> column : told) {
                if (column.value().equals(kept.value())) {
                    problems.add(
                            column.place(),
                            "'" + column.value()
                                    + "' never leaves, and the values of labels and slices stand in reports; remove it from one"
                                    + " of the two");
                    keeps = false;
                }
            }
        }
        return keeps;
    }
}
