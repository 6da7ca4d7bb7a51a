// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.ClassCounts;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.Wilson;
import java.util.Arrays;
import java.util.Optional;

/** How often each set of classes was predicted for each label; where rows have one class, a confusion matrix. */
public final class ClassTally {
    private static final int LABEL_AND_PREDICTION = 2;

    private final LabelSets sets;
    private final int bound;
    private final SetCells counts;

    /** No rows yet. */
    public ClassTally(LabelSets sets) {
        this(sets, new SetCells(sets, LABEL_AND_PREDICTION));
    }

    private ClassTally(LabelSets sets, SetCells counts) {
        this.sets = sets;
        this.bound = sets.bound();
        this.counts = counts;
    }

    /** Adds rows that are labelled and predicted as these numbers of sets. */
    public void add(int label, int prediction, long rows) {
        if (label < 0 || label >= bound || prediction < 0 || prediction >= bound) {
            throw new IllegalArgumentException(
                    "label " + label + ", prediction " + prediction + " of " + bound + " numbers");
        }
        counts.add((long) label * bound + prediction, rows);
    }

    /** Adds all that {@code other} holds, which counts the same sets. */
    public void merge(ClassTally other) {
        counts.merge(other.counts);
    }

    /** The canonical form. */
    public byte[] toBytes() {
        return counts.toBytes();
    }

    /** The tally that {@link #toBytes} wrote, of the same sets. */
    public static ClassTally fromBytes(byte[] bytes, LabelSets sets) {
        return new ClassTally(sets, SetCells.fromBytes(bytes, sets, LABEL_AND_PREDICTION));
    }

    /** What rows are labelled and predicted as. */
    public LabelSets sets() {
        return sets;
    }

    /** How many rows are labelled and predicted as these numbers of sets. */
    public long rows(int label, int prediction) {
        return counts.rows((long) label * bound + prediction)[0];
    }

    /** How often each class was labelled, predicted, and both. */
    public ClassCounts classCounts() {
        long[] cells = counts.cells();
        long[] rows = counts.rows(cells);
        ClassCounts sums = new ClassCounts(sets);
        for (int i = 0; i < cells.length; i++) {
            sums.add((int) (cells[i] / bound), (int) (cells[i] % bound), rows[i]);
        }
        return sums;
    }

    /** A metric of counts on these rows. */
    public Reading reading(MetricChoice choice, Bootstrap bootstrap) {
        ClassCounts sums = classCounts();
        if (sums.rows() == 0) {
            return new Reading.Missing("there are no rows");
        }
        long[] cells = counts.cells();
        long[] rows = counts.rows(cells);
        Estimate estimate = CountEstimates.of(cells, rows, new OfOneModel(sets, choice), bootstrap);
        if (Double.isNaN(estimate.value())) {
            return new Reading.Missing(Undefined.why(choice, sums));
        }
        Kernel.Counts kernel = (Kernel.Counts) choice.metric().kernel();
        Optional<Kernel.Proportion> proportion = kernel.proportion().of(sums, choice);
        if (proportion.isPresent() && proportion.get().trials() > 0) {
            Kernel.Proportion share = proportion.get();
            return new Reading.Sampled(share.trials(), new Wilson(share.successes(), share.trials()));
        }
        return new Reading.Sampled(sums.rows(), estimate);
    }

    /** A metric of counts on these rows, as a gate is judged on it. */
    public Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        return Sample.of(reading(choice, bootstrap));
    }

    /** A metric's value from cells (label, prediction). */
    private record OfOneModel(LabelSets sets, MetricChoice choice) implements CellStatistic {
        @Override
        public CellValue over(long[] cells) {
            int[] labels = new int[cells.length];
            int[] predictions = new int[cells.length];
            for (int i = 0; i < cells.length; i++) {
                labels[i] = (int) (cells[i] / sets.bound());
                predictions[i] = (int) (cells[i] % sets.bound());
            }
            return new CellValue(sets, choice, labels, predictions);
        }

        @Override
        public double[] withoutOne(long[] cells, long[] counts) {
            return over(cells).withoutOne(counts);
        }

        @Override
        public long[] neighbours(long cell) {
            long prediction = cell % sets.bound();
            return Arrays.stream(sets.others((int) prediction))
                    .mapToLong(other -> cell - prediction + other)
                    .toArray();
        }

        @Override
        public int neighbourCount() {
            return sets.otherCount();
        }
    }
}
