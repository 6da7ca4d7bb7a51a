// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.run.DeclaredOutputs;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.stages.api.spec.ModelSection;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.images.ImageOptions;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.metrics.statistics.ExactSum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The answer that looks at no feature: what it scores on the labels of a data set, before the training starts. A training
 * that is hardly better has learned nothing.
 */
final class NaiveAnswer {
    private static final int BLOCK = 1024;

    private NaiveAnswer() {}

    /** Says which gates ask for one that cannot be had. */
    static void check(TrainGateSection section, Spec spec, Problems problems) {
        DeclaredOutputs outputs = section.declared(spec.folder());
        asked(section).forEach(naive -> {
            DataSection data = spec.data().get(naive.data().value());
            if (data == null) {
                problems.add(
                        naive.data().place(),
                        "there is no data set '" + naive.data().value() + "'"
                                + DidYouMean.hint(
                                        naive.data().value(), spec.data().keySet()));
            } else if (outputs.include(spec.resolve(data.path().value()))) {
                problems.add(
                        naive.data().place(),
                        "the training writes the data set " + naive.data().value()
                                + " itself, so that its labels cannot tell what a naive answer scores");
            }
            if (data != null && data.prepare() != null) {
                problems.add(
                        naive.data().place(),
                        "the data set " + naive.data().value()
                                + " is prepared after the training, so that its labels cannot tell what a naive answer scores");
            }
            if (!naive.score().fits(spec.model().task())) {
                problems.add(
                        naive.data().place(),
                        naive.score().spelling() + " is no metric of a "
                                + spec.model().task().spelling());
            }
        });
    }

    /**
     * The scores that the gates ask for.
     *
     * @throws StageFailedException if one cannot be had
     */
    static Map<Minus.Naive, Double> scores(TrainGateSection section, Spec spec) {
        Map<Minus.Naive, Double> scores = new HashMap<>();
        asked(section).forEach(naive -> {
            DataSection data = spec.data().get(naive.data().value());
            if (data == null) {
                throw new IllegalStateException("no data set " + naive.data().value() + ": the spec was not checked");
            }
            Path file = spec.resolve(data.path().value());
            try {
                scores.put(naive, score(naive.score(), file, data, spec.model()));
            } catch (IOException | UncheckedIOException | BadDataException | FileChangedException e) {
                throw new StageFailedException(
                        naive.spelling() + " could not be told: " + e.getMessage(),
                        "check data." + naive.data().value(),
                        e);
            }
        });
        return scores;
    }

    private static Stream<Minus.Naive> asked(TrainGateSection section) {
        return section.gates().stream()
                .map(gate -> gate.measure().minus())
                .filter(Minus.Naive.class::isInstance)
                .map(Minus.Naive.class::cast)
                .distinct();
    }

    private static double score(NaiveScore score, Path file, DataSection data, ModelSection model) throws IOException {
        String column = data.label().names().get(0);
        try (DataFile rows = DataFile.open(file, data.images() == null ? null : ImageOptions.UNCHANGED)) {
            double value = score.isOfClasses()
                    ? ofCounts(score, counts(rows, label(column, data, model)))
                    : ofNumbers(score, rows, new Field.Scalar(column));
            rows.verifyUnchanged();
            return value;
        }
    }

    private static Field.ClassLabel label(String column, DataSection data, ModelSection model) {
        Field.Spelling spelling =
                data.label().spelling() == DataSection.LabelSpelling.INDEX ? Field.Spelling.INDEX : Field.Spelling.NAME;
        return new Field.ClassLabel(column, model.classes(), spelling);
    }

    private static long[] counts(DataFile file, Field.ClassLabel label) throws IOException {
        long[] counts = new long[label.classes().size()];
        read(file, label, block -> {
            for (int i = 0; i < block.rows(); i++) {
                counts[block.codes(label)[i]]++;
            }
        });
        return counts;
    }

    private static double ofCounts(NaiveScore score, long[] counts) {
        long rows = 0;
        long most = 0;
        for (long count : counts) {
            rows += count;
            most = Math.max(most, count);
        }
        if (score == NaiveScore.ACCURACY) {
            return (double) most / rows;
        }
        ExactSum sum = new ExactSum();
        for (long count : counts) {
            if (count > 0) {
                sum.add(-StrictMath.log((double) count / rows) * count);
            }
        }
        return sum.rounded() / rows;
    }

    private static double ofNumbers(NaiveScore score, DataFile file, Field.Scalar label) throws IOException {
        ExactSum sum = new ExactSum();
        long[] rows = {0};
        read(file, label, block -> {
            rows[0] += block.rows();
            for (int i = 0; i < block.rows(); i++) {
                sum.add(block.numbers(label)[i]);
            }
        });
        double mean = sum.rounded() / rows[0];
        ExactSum errors = new ExactSum();
        read(file, label, block -> {
            for (int i = 0; i < block.rows(); i++) {
                double error = block.numbers(label)[i] - mean;
                errors.add(score == NaiveScore.MAE ? Math.abs(error) : error * error);
            }
        });
        double mse = errors.rounded() / rows[0];
        return score == NaiveScore.RMSE ? Math.sqrt(mse) : mse;
    }

    private interface Blocks {
        void take(RowBlock block);
    }

    private static void read(DataFile file, Field label, Blocks blocks) throws IOException {
        SelectionResult selected = file.select(List.of(label));
        if (selected instanceof dev.gatewright.validation.data.Problems problems) {
            throw new IOException(problems.list().get(0).sentence());
        }
        Selection selection = (Selection) selected;
        RowBlock block = selection.newBlock(BLOCK, (matrix, bytes) -> ByteBuffer.allocateDirect(bytes));
        long rows = 0;
        try (RowReader reader = selection.open()) {
            while (reader.read(block) > 0) {
                rows += block.rows();
                blocks.take(block);
            }
        }
        if (rows == 0) {
            throw new IOException(file.path() + " has no rows");
        }
    }
}
