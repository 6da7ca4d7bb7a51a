// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.RankedScores;
import dev.gatewright.validation.metrics.ranking.ResampledPrecision;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.BootstrapEstimate;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.LogitEstimate;

/** The scores that one class was given, in rows that are of it and in all others: the areas under its curves. */
public final class ScoreTally {
    private final RankedScores scores;

    /** No rows yet. */
    public ScoreTally(ScoreMemory memory) {
        this(new RankedScores(memory));
    }

    private ScoreTally(RankedScores scores) {
        this.scores = scores;
    }

    /** Adds a row. */
    public void add(boolean ofClass, double score) {
        scores.add(ofClass, score);
    }

    /** Adds all that {@code other} holds. */
    public void merge(ScoreTally other) {
        scores.merge(other.scores);
    }

    /** The canonical form. */
    public byte[] toBytes() {
        return scores.toBytes();
    }

    /** What {@link #toBytes} wrote. */
    public static ScoreTally fromBytes(byte[] bytes, ScoreMemory memory) {
        return new ScoreTally(RankedScores.fromBytes(bytes, memory));
    }

    /** The area that {@code choice} asks for, of the one class that it names. */
    public Reading reading(MetricChoice choice, Bootstrap bootstrap) {
        String undefined = Areas.undefined(choice, choice.onlyClass(), scores);
        if (undefined != null) {
            return new Reading.Missing(undefined);
        }
        Area area = Areas.of(choice);
        double value = area.of(scores);
        return new Reading.Sampled(
                scores.positives() + scores.negatives(),
                new LazyEstimate(value, () -> estimate(area, value, bootstrap)));
    }

    /** The same, as a gate is judged on it. */
    public Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        return Sample.of(reading(choice, bootstrap));
    }

    private Estimate estimate(Area area, double value, Bootstrap bootstrap) {
        long rows = scores.positives() + scores.negatives();
        FarthestArea farthest = FarthestArea.of(area, value, scores);
        Estimate unseen = new UnseenRows(value, rows, farthest::lowest, farthest::highest);
        if (Areas.isResampled(area, rows)) {
            ResampledPrecision.Cells cells = ResampledPrecision.Cells.of(scores);
            BootstrapEstimate resampled = bootstrap.ofCounts(cells.counts(), cells.area());
            return resampled.isConstant() ? unseen : resampled;
        }
        double standardError = area.standardError(scores, value);
        return standardError == 0 ? unseen : new LogitEstimate(value, standardError, Areas.method(area));
    }
}
