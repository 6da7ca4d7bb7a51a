// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.tally.ScoreRowTally;
import dev.gatewright.validation.metrics.tally.ScoreTally;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The probabilities of one group of rows, for the areas under curves that gates ask for. */
final class Ranked {
    private final Counted counted;
    private final List<ScoreTally> alone = new ArrayList<>();
    private final ScoreRowTally together;
    private final ScoreRowTally inPairs;
    private final double[] scores;
    private final double[] pairs;

    Ranked(Counted counted, ScoreMemory memory) {
        this.counted = counted;
        counted.ranked().forEach(k -> alone.add(new ScoreTally(memory)));
        int[] all = counted.rankedTogether()
                ? IntStream.range(0, counted.sets().classes()).toArray()
                : new int[0];
        int[] compared = counted.rankedInPairs().stream().mapToInt(k -> k).toArray();
        this.together = new ScoreRowTally(counted.sets(), all, false);
        this.inPairs = new ScoreRowTally(counted.sets(), compared, true);
        this.scores = new double[all.length];
        this.pairs = new double[2 * compared.length];
    }

    /** Adds a row; one without probabilities is not ranked. */
    void add(RowOutcome row) {
        if (!row.hasProbabilities()) {
            return;
        }
        for (int i = 0; i < alone.size(); i++) {
            int k = counted.ranked().get(i);
            alone.get(i).add(counted.sets().has(row.label(), k), row.probability(k));
        }
        if (scores.length > 0) {
            for (int k = 0; k < scores.length; k++) {
                scores[k] = row.probability(k);
            }
            together.add(row.label(), scores);
        }
        if (pairs.length > 0 && row.referenceHasProbabilities()) {
            int half = pairs.length / 2;
            for (int i = 0; i < half; i++) {
                int k = counted.rankedInPairs().get(i);
                pairs[i] = row.probability(k);
                pairs[half + i] = row.probabilityOfReference(k);
            }
            inPairs.add(row.label(), pairs);
        }
    }

    /** Adds all rows of another group. */
    void merge(Ranked other) {
        for (int i = 0; i < alone.size(); i++) {
            alone.get(i).merge(other.alone.get(i));
        }
        together.merge(other.together);
        inPairs.merge(other.inPairs);
    }

    /** The area on these rows. */
    Sample sample(MetricChoice choice, Bootstrap bootstrap) {
        return choice.onlyClass() < 0
                ? together.sample(choice, bootstrap)
                : alone.get(counted.ranked().indexOf(choice.onlyClass())).sample(choice, bootstrap);
    }

    /** The area on these rows, compared with the reference's. */
    Sample compared(MetricChoice choice, String reference, double confidence, Bootstrap bootstrap) {
        return inPairs.sample(choice, reference, confidence, bootstrap);
    }
}
