// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.RankedRows;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.BootstrapEstimate;
import dev.gatewright.validation.metrics.statistics.CountStatistic;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.LogitEstimate;
import dev.gatewright.validation.metrics.statistics.NormalEstimate;
import java.util.Arrays;
import java.util.List;

/**
 * The scores of each row for several classes, and from a candidate and a reference where two models are compared: what a mean
 * of areas over classes and a difference of areas need, since these go together within the rows. All rows stay in memory, 4 or
 * 8 bytes a score.
 */
public final class ScoreRowTally {
    /** More scores than this are not kept. */
    public static final long MOST_SCORES = 1L << 25;

    private final int[] ranked;
    private final boolean paired;
    private final RankedRows rows;

    /**
     * No rows yet.
     *
     * @param sets what rows are labelled as
     * @param ranked the classes that are ranked, ascending
     * @param paired whether a reference answers the same rows
     */
    public ScoreRowTally(LabelSets sets, int[] ranked, boolean paired) {
        this(ranked, paired, new RankedRows(sets, columns(ranked, paired)));
    }

    private ScoreRowTally(int[] ranked, boolean paired, RankedRows rows) {
        this.ranked = ranked.clone();
        this.paired = paired;
        this.rows = rows;
    }

    private static int columns(int[] ranked, boolean paired) {
        return ranked.length * (paired ? 2 : 1);
    }

    /** Adds a row: the candidate's score for each ranked class, and after them the reference's. */
    public void add(int label, double[] scores) {
        rows.add(label, scores);
    }

    /** Adds all that {@code other} holds. */
    public void merge(ScoreRowTally other) {
        rows.merge(other.rows);
    }

    /** The canonical form. */
    public byte[] toBytes() {
        return rows.toBytes();
    }

    /** What {@link #toBytes} of a tally of these classes and sets wrote. */
    public static ScoreRowTally fromBytes(byte[] bytes, LabelSets sets, int[] ranked, boolean paired) {
        return new ScoreRowTally(ranked, paired, RankedRows.fromBytes(bytes, sets, columns(ranked, paired)));
    }

    /** The area that {@code choice} asks for, of the candidate. */
    public Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        return Sample.of(reading(ranking(choice, rows, 0), bootstrap));
    }

    /**
     * The area that {@code choice} asks for on both sides, as a gate is judged on it.
     *
     * @param name what the reference is
     * @param confidence the level for which the smallest detectable difference is told
     */
    public Sample sample(MetricChoice choice, String name, double confidence, Bootstrap bootstrap) {
        if (!paired) {
            throw new IllegalStateException("no reference was counted");
        }
        RankedClasses candidate = ranking(choice, rows, 0);
        RankedClasses reference = ranking(choice, rows, ranked.length);
        Comparing comparing =
                new Comparing(choice.direction(), reading(candidate, bootstrap), reading(reference, bootstrap), name);
        return comparing.sample(
                () -> new LazyEstimate(
                        reference.value() - candidate.value(),
                        () -> degradation(choice, candidate, reference, bootstrap)),
                () -> new LazyEstimate(
                        Comparing.percent(reference.value() - candidate.value(), reference.value()),
                        () -> percent(choice, candidate, reference, bootstrap)),
                confidence,
                List.of());
    }

    private RankedClasses ranking(MetricChoice choice, RankedRows of, int firstColumn) {
        return RankedClasses.of(choice, of, ranked, firstColumn);
    }

    private Reading reading(RankedClasses side, Bootstrap bootstrap) {
        String undefined = side.undefined();
        return undefined != null
                ? new Reading.Missing(undefined)
                : new Reading.Sampled(rows.rows(), new LazyEstimate(side.value(), () -> estimate(side, bootstrap)));
    }

    private Estimate estimate(RankedClasses side, Bootstrap bootstrap) {
        Estimate unseen = new UnseenRows(side.value(), rows.rows(), side::lowest, side::highest);
        Area area = Areas.of(side.choice());
        if (Areas.isResampled(area, rows.rows())) {
            return resampled(
                    ranking(side.choice(), rows.inCanonicalOrder(), side.firstColumn())
                            .resampled(),
                    unseen,
                    bootstrap);
        }
        double[] influences = new double[rows.rows()];
        side.addInfluences(1, influences);
        double standardError = RankedRows.standardError(influences);
        return standardError == 0 ? unseen : new LogitEstimate(side.value(), standardError, Areas.method(area));
    }

    private Estimate degradation(
            MetricChoice choice, RankedClasses candidate, RankedClasses reference, Bootstrap bootstrap) {
        double value = reference.value() - candidate.value();
        Estimate unseen = new UnseenRows(
                value,
                rows.rows(),
                moves -> reference.lowest(moves) - candidate.highest(moves),
                moves -> reference.highest(moves) - candidate.lowest(moves));
        if (Areas.isResampled(Areas.of(choice), rows.rows())) {
            RankedRows canonical = rows.inCanonicalOrder();
            CountStatistic first = ranking(choice, canonical, 0).resampled();
            CountStatistic second = ranking(choice, canonical, ranked.length).resampled();
            return resampled(counts -> second.valueOf(counts) - first.valueOf(counts), unseen, bootstrap);
        }
        return normal(value, candidate, -1, reference, 1, unseen);
    }

    private Estimate percent(
            MetricChoice choice, RankedClasses candidate, RankedClasses reference, Bootstrap bootstrap) {
        double ofReference = reference.value();
        double value = Comparing.percent(ofReference - candidate.value(), ofReference);
        Estimate unseen = new UnseenRows(
                value,
                rows.rows(),
                moves -> percent(candidate.highest(moves), reference.lowest(moves)),
                moves -> percent(candidate.lowest(moves), reference.highest(moves)));
        if (Areas.isResampled(Areas.of(choice), rows.rows())) {
            RankedRows canonical = rows.inCanonicalOrder();
            CountStatistic first = ranking(choice, canonical, 0).resampled();
            CountStatistic second = ranking(choice, canonical, ranked.length).resampled();
            return resampled(counts -> percent(first.valueOf(counts), second.valueOf(counts)), unseen, bootstrap);
        }
        // The slopes of 100 (1 - candidate / reference).
        double ofCandidate = -100 / ofReference;
        return normal(value, candidate, ofCandidate, reference, -ofCandidate * candidate.value() / ofReference, unseen);
    }

    private static double percent(double candidate, double reference) {
        return Comparing.percent(reference - candidate, reference);
    }

    private Estimate normal(
            double value,
            RankedClasses candidate,
            double slopeOfCandidate,
            RankedClasses reference,
            double slopeOfReference,
            Estimate unseen) {
        double[] influences = new double[rows.rows()];
        candidate.addInfluences(slopeOfCandidate, influences);
        reference.addInfluences(slopeOfReference, influences);
        double standardError = RankedRows.standardError(influences);
        return standardError == 0 ? unseen : new NormalEstimate(value, standardError);
    }

    private Estimate resampled(CountStatistic statistic, Estimate unseen, Bootstrap bootstrap) {
        long[] once = new long[rows.rows()];
        Arrays.fill(once, 1);
        BootstrapEstimate estimate = bootstrap.ofCounts(once, statistic);
        return estimate.isConstant() ? unseen : estimate;
    }
}
