// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.endpoint.Tolerance;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where golden rows come from: the key {@code golden} of the stages that ask an endpoint.
 *
 * @param data the data set whose first rows are asked; none where a file has the rows
 * @param rows how many of them
 * @param path a golden file; none where the rows are made
 * @param tolerance how far floats may be from the expected ones; none where the file says it, or it is the usual one
 */
public record GoldenSection(
        Place place,
        @Nullable Placed<String> data,
        int rows,
        @Nullable Placed<Path> path,
        @Nullable Tolerance tolerance) {
    private static final long USUAL_ROWS = 200;
    private static final long MOST_ROWS = 100_000;

    private static final Key<Placed<String>> DATA = Key.optional(
            "data",
            Shapes.placed(Shapes.text()),
            "The data set whose first rows are asked; the answers of the judged model are expected.",
            "data: holdout");
    private static final Key<Long> ROWS = Key.optional(
            "rows",
            Shapes.count(1, MOST_ROWS),
            "How many of its rows, the first ones; 200 unless said otherwise.",
            "rows: 200");
    private static final Key<Placed<Path>> PATH = Key.optional(
            "path",
            Shapes.placed(Shapes.path()),
            "A golden file (gatewright-golden/v1), written by hand or by another run, in place of data.",
            "path: golden.json");
    private static final Key<Tolerance> TOLERANCE = Key.optional(
            "tolerance",
            toleranceShape(),
            "How far a float may be from the expected one; 1e-5 and 1e-4 of it unless said otherwise.",
            "tolerance: {absolute: 1e-5, relative: 1e-4}");

    /** The shape of such a section. */
    public static final Section<GoldenSection> SHAPE =
            new Section<>("golden", List.of(DATA, ROWS, PATH, TOLERANCE), GoldenSection::make);

    /** The key of such a section. */
    public static final Key<GoldenSection> KEY = Key.optional(
            "golden",
            SHAPE,
            "The rows that the endpoint is asked, and the answers that are expected; without it those of the nearest earlier stage"
                    + " that had some.",
            "golden: {data: holdout, rows: 200}");

    private static Section<Tolerance> toleranceShape() {
        Key<Double> absolute = Key.optional("absolute", Shapes.number(), "In the output's own unit.", "absolute: 1e-5");
        Key<Double> relative =
                Key.optional("relative", Shapes.number(), "As a share of the expected value.", "relative: 1e-4");
        return new Section<>("tolerance", List.of(absolute, relative), (values, problems) -> {
            try {
                return new Tolerance(
                        values.get(absolute, Tolerance.USUAL.absolute()),
                        values.get(relative, Tolerance.USUAL.relative()));
            } catch (IllegalArgumentException e) {
                problems.add(
                        values.place(), String.valueOf(e.getMessage()), "tolerance: {absolute: 0, relative: 1e-4}");
                return null;
            }
        });
    }

    private static @Nullable GoldenSection make(Values values, Problems problems) {
        if (values.has(DATA) == values.has(PATH)) {
            problems.add(
                    values.place(),
                    values.has(DATA)
                            ? "golden rows come from a data set or from a file; remove one of both keys"
                            : "golden needs the key 'data', or 'path'",
                    DATA.example());
            return null;
        }
        if (values.has(PATH) && values.has(ROWS)) {
            problems.add(values.place(ROWS), "all rows of a golden file are asked; remove the key 'rows'");
            return null;
        }
        return new GoldenSection(
                values.place(),
                values.get(DATA),
                values.get(ROWS, USUAL_ROWS).intValue(),
                values.get(PATH),
                values.get(TOLERANCE));
    }
}
