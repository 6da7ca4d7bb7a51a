// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.CountStatistic;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.McNemar;
import dev.gatewright.validation.metrics.statistics.Tango;
import dev.gatewright.validation.metrics.statistics.Wilson;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How often each pair of predictions, a candidate's and a reference's, was made for each label on the same rows. */
public final class PairedClassTally {
    private static final int LABEL_AND_PREDICTIONS = 3;

    private final LabelSets sets;
    private final int bound;
    private final SetCells counts;

    /** No rows yet. */
    public PairedClassTally(LabelSets sets) {
        this(sets, new SetCells(sets, LABEL_AND_PREDICTIONS));
    }

    private PairedClassTally(LabelSets sets, SetCells counts) {
        this.sets = sets;
        this.bound = sets.bound();
        this.counts = counts;
    }

    /** Adds rows of one label with the same two predictions, all of them numbers of sets. */
    public void add(int label, int candidate, int reference, long rows) {
        if (Math.min(label, Math.min(candidate, reference)) < 0
                || Math.max(label, Math.max(candidate, reference)) >= bound) {
            throw new IllegalArgumentException("label " + label + ", predictions " + candidate + " and " + reference
                    + " of " + bound + " numbers");
        }
        counts.add(((long) label * bound + candidate) * bound + reference, rows);
    }

    /** Adds all that {@code other} holds, which counts the same sets. */
    public void merge(PairedClassTally other) {
        counts.merge(other.counts);
    }

    /** The canonical form. */
    public byte[] toBytes() {
        return counts.toBytes();
    }

    /** The tally that {@link #toBytes} wrote, of the same sets. */
    public static PairedClassTally fromBytes(byte[] bytes, LabelSets sets) {
        return new PairedClassTally(sets, SetCells.fromBytes(bytes, sets, LABEL_AND_PREDICTIONS));
    }

    /** The candidate's side alone. */
    public ClassTally candidate() {
        return side(true);
    }

    /** The reference's side alone. */
    public ClassTally reference() {
        return side(false);
    }

    /** The share of the rows on which both predictions are the same; a missing reading where there are no rows. */
    public Reading agreement() {
        long same = 0;
        long all = 0;
        long[] cells = counts.cells();
        long[] rows = counts.rows(cells);
        for (int i = 0; i < cells.length; i++) {
            boolean alike = cells[i] / bound % bound == cells[i] % bound;
            same += alike ? rows[i] : 0;
            all += rows[i];
        }
        return all == 0 ? new Reading.Missing("there are no rows") : new Reading.Sampled(all, new Wilson(same, all));
    }

    private ClassTally side(boolean candidate) {
        ClassTally side = new ClassTally(sets);
        long[] cells = counts.cells();
        long[] rows = counts.rows(cells);
        for (int i = 0; i < cells.length; i++) {
            long pair = cells[i] / bound;
            int prediction = (int) (candidate ? pair % bound : cells[i] % bound);
            side.add((int) (pair / bound), prediction, rows[i]);
        }
        return side;
    }

    /**
     * A metric of counts on both sides, as a gate is judged on it.
     *
     * @param name what the reference is
     * @param confidence the level for which the smallest detectable difference is told
     */
    public Sample sample(MetricChoice choice, String name, double confidence, Bootstrap bootstrap) {
        ClassTally referenceTally = reference();
        Comparing comparing = new Comparing(
                choice.direction(),
                candidate().reading(choice, bootstrap),
                referenceTally.reading(choice, bootstrap),
                name);
        Kernel.Counts kernel = (Kernel.Counts) choice.metric().kernel();
        boolean sharedRows = kernel.proportion()
                .of(referenceTally.classCounts(), choice)
                .filter(Kernel.Proportion::fixedByLabels)
                .isPresent();
        long[] cells = counts.cells();
        long[] rows = counts.rows(cells);
        OfTwoModels degradation = new OfTwoModels(sets, choice, false);
        OfTwoModels percent = new OfTwoModels(sets, choice, true);
        if (!sharedRows) {
            return comparing.sample(
                    () -> CountEstimates.of(cells, rows, degradation, bootstrap),
                    () -> CountEstimates.of(cells, rows, percent, bootstrap),
                    confidence,
                    List.of());
        }
        Discordant discordant = discordant(choice.onlyClass());
        return comparing.sample(
                discordant::degradation,
                () -> CountEstimates.of(cells, rows, percent, bootstrap),
                confidence,
                List.of(discordant.mcNemar()));
    }

    /** Rows that just one of both gets right: of all rows, or in the one class of those that are labelled with it. */
    private Discordant discordant(int onlyClass) {
        long onlyCandidate = 0;
        long onlyReference = 0;
        long all = 0;
        long[] cells = counts.cells();
        long[] rows = counts.rows(cells);
        for (int i = 0; i < cells.length; i++) {
            long pair = cells[i] / bound;
            int label = (int) (pair / bound);
            if (onlyClass >= 0 && !sets.has(label, onlyClass)) {
                continue;
            }
            boolean candidateRight = isRight(label, (int) (pair % bound), onlyClass);
            boolean referenceRight = isRight(label, (int) (cells[i] % bound), onlyClass);
            all += rows[i];
            onlyCandidate += candidateRight && !referenceRight ? rows[i] : 0;
            onlyReference += referenceRight && !candidateRight ? rows[i] : 0;
        }
        return new Discordant(onlyCandidate, onlyReference, all);
    }

    private boolean isRight(int label, int prediction, int onlyClass) {
        return onlyClass < 0 ? prediction == label : sets.has(prediction, onlyClass);
    }

    private record Discordant(long onlyCandidate, long onlyReference, long rows) {
        Estimate degradation() {
            return new Tango(onlyReference, onlyCandidate, rows);
        }

        String mcNemar() {
            double p = new McNemar(onlyReference, onlyCandidate).exactPValue();
            return "only the reference is right on " + onlyReference + " rows, only the candidate on " + onlyCandidate
                    + "; McNemar's exact p = " + Numbers.rounded(p)
                    + " (it tests equality, not a margin)";
        }
    }

    /** The degradation from cells (label, candidate, reference), plain or in percent of the reference's value. */
    private record OfTwoModels(LabelSets sets, MetricChoice choice, boolean percent) implements CellStatistic {
        @Override
        public CountStatistic over(long[] cells) {
            CellValue ofCandidate = ofSide(cells, true);
            CellValue ofReference = ofSide(cells, false);
            return rows -> degradation(ofCandidate.valueOf(rows), ofReference.valueOf(rows));
        }

        @Override
        public double[] withoutOne(long[] cells, long[] counts) {
            double[] candidate = ofSide(cells, true).withoutOne(counts);
            double[] reference = ofSide(cells, false).withoutOne(counts);
            double[] values = new double[cells.length];
            Arrays.setAll(values, cell -> degradation(candidate[cell], reference[cell]));
            return values;
        }

        private CellValue ofSide(long[] cells, boolean candidate) {
            int[] labels = new int[cells.length];
            int[] predictions = new int[cells.length];
            for (int i = 0; i < cells.length; i++) {
                long pair = cells[i] / sets.bound();
                labels[i] = (int) (pair / sets.bound());
                predictions[i] = (int) (candidate ? pair % sets.bound() : cells[i] % sets.bound());
            }
            return new CellValue(sets, choice, labels, predictions);
        }

        private double degradation(double candidate, double reference) {
            double degradation = choice.direction().degradation(candidate, reference);
            return percent ? Comparing.percent(degradation, reference) : degradation;
        }

        @Override
        public long[] neighbours(long cell) {
            long pair = cell / sets.bound();
            long reference = cell % sets.bound();
            long candidate = pair % sets.bound();
            LongStream otherReferences =
                    Arrays.stream(sets.others((int) reference)).mapToLong(other -> cell - reference + other);
            LongStream otherCandidates = Arrays.stream(sets.others((int) candidate))
                    .mapToLong(other -> cell + (other - candidate) * sets.bound());
            return LongStream.concat(otherReferences, otherCandidates).toArray();
        }

        @Override
        public int neighbourCount() {
            return 2 * sets.otherCount();
        }
    }
}
