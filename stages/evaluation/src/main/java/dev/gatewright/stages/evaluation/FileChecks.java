// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.EvaluationSection.PredictionsSection;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.images.ImageOptions;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.FileChangedException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds a spec against the files that are there already, so that a column that is spelled wrongly is told before a training
 * of hours.
 *
 * <p>Only what does not fit the spec is a problem. A file that cannot be read at all is none of the spec's: its author is
 * warned, and the stage then ends as not evaluated. What train-gate is going to write is not looked at.
 */
final class FileChecks {
    private final EvaluationSection section;
    private final Spec spec;
    private final Problems problems;
    private final TrainingOutputs outputs;

    private FileChecks(EvaluationSection section, Spec spec, Problems problems) {
        this.section = section;
        this.spec = spec;
        this.problems = problems;
        this.outputs = TrainingOutputs.of(spec);
    }

    static void check(EvaluationSection section, Spec spec, Problems problems) {
        new FileChecks(section, spec, problems).check();
    }

    private void check() {
        PredictionsSection predictions = section.predictions();
        Placed<String> name = section.data();
        DataSection data = name == null ? null : spec.data().get(name.value());
        ModelChecks models = new ModelChecks(spec, outputs, problems);
        if (predictions != null) {
            rows(predictions.path(), null, file -> new ColumnChecks(file, spec, problems).predictions(predictions));
        } else if (data != null && data.prepare() != null) {
            models.candidate(data);
        } else if (data != null) {
            Optional<OpenedModel> model = models.candidate(data);
            rows(data.path(), DataSets.images(data), file -> new ColumnChecks(file, spec, problems).model(data, model));
        }
        models.others();
    }

    /** Looks at the rows' columns, and at how many there are. */
    private void rows(Placed<Path> path, @Nullable ImageOptions images, RowsCheck check) {
        Path file = spec.resolve(path.value());
        boolean isThere = images == null ? DataFile.exists(file) : Files.isDirectory(file);
        if (!isThere || outputs.hold(file)) {
            return;
        }
        try (DataFile data = DataFile.open(file, images)) {
            OptionalLong rows = check.check(data);
            new PowerCheck(section, spec, problems).check(rows.orElseGet(data::aboutRows));
        } catch (BadDataException | FileChangedException | UncheckedIOException e) {
            problems.warn(
                    path.place(),
                    "nothing will be judged on these rows as they are now: " + Withheld.sentence(e, spec));
        }
    }

    private interface RowsCheck {
        /** The number of rows, where the file says it. */
        OptionalLong check(DataFile file);
    }

    /** The columns' names, for what to write. */
    static List<String> names(DataFile file) {
        return file.columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
