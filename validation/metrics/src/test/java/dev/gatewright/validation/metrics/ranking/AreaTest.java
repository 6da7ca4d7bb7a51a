// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Areas by definition, on rows few enough to look at all pairs of them. */
class AreaTest {
    private static final double EXACT = 1e-12;

    private record Row(boolean positive, double score) {}

    @Seeded(cases = 200)
    void areaUnderRocIsTheShareOfPairsInOrder(Gen gen) {
        List<Row> rows = rows(gen);
        double won = 0;
        for (Row one : positives(rows)) {
            for (Row other : negatives(rows)) {
                won += won(one, other);
            }
        }
        double pairs = (double) positives(rows).size() * negatives(rows).size();

        assertThat(Area.ROC.of(ranked(rows))).isEqualTo(won / pairs);
    }

    @Seeded(cases = 200)
    void areaUnderPrecisionAndRecallIsTheMeanPrecisionAtThePositiveRows(Gen gen) {
        List<Row> rows = rows(gen);
        double sum = 0;
        for (Row one : positives(rows)) {
            sum += precisionAt(rows, one);
        }

        assertThat(Area.PRECISION_RECALL.of(ranked(rows)))
                .isCloseTo(sum / positives(rows).size(), within(EXACT));
    }

    /** DeLong's components, each a mean over all rows of the other kind. */
    @Seeded(cases = 200)
    void standardErrorUnderRocIsDeLongs(Gen gen) {
        List<Row> rows = rows(gen);
        List<Row> up = positives(rows);
        List<Row> down = negatives(rows);
        double[] ofPositives = up.stream()
                .mapToDouble(one -> down.stream()
                        .mapToDouble(other -> won(one, other))
                        .average()
                        .orElseThrow())
                .toArray();
        double[] ofNegatives = down.stream()
                .mapToDouble(other -> up.stream()
                        .mapToDouble(one -> won(one, other))
                        .average()
                        .orElseThrow())
                .toArray();
        double expected = Math.sqrt(variance(ofPositives) / up.size() + variance(ofNegatives) / down.size());
        double actual = standardError(Area.ROC, rows);

        if (Double.isNaN(expected)) {
            assertThat(actual).isNaN();
        } else {
            assertThat(actual).isCloseTo(expected, within(EXACT));
        }
    }

    /** A row's influence is what the area gains for each row by which it is counted more often. */
    @Seeded(cases = 100)
    void influencesUnderPrecisionAndRecallAreItsSlopes(Gen gen) {
        List<Row> rows = rows(gen);
        RankedRows ranked = new RankedRows(LabelSets.ofOneClass(2), 1);
        rows.forEach(row -> ranked.add(row.positive() ? 1 : 0, new double[] {row.score()}));
        RankedColumn column = ranked.ranked(0, 1);
        double area = Area.PRECISION_RECALL.of(column);
        double[] influences = new double[rows.size()];
        column.addInfluences(Area.PRECISION_RECALL, area, 1, influences);

        long much = 1_000_000_000;
        double correction = Math.sqrt(rows.size() / (rows.size() - 1.0));
        for (int row = 0; row < rows.size(); row++) {
            double above = areaWith(column, rows.size(), row, much, 1000);
            double below = areaWith(column, rows.size(), row, much, -1000);
            double slope = (above - below) / 2000 * much;
            assertThat(influences[row]).isCloseTo(correction * slope, within(1e-6));
        }
        assertThat(Arrays.stream(influences).sum()).isCloseTo(0, within(1e-9));
    }

    private static double areaWith(RankedColumn column, int rows, int row, long times, long more) {
        long[] counts = new long[rows];
        Arrays.fill(counts, times);
        counts[row] += more;
        return column.resampledPrecision().valueOf(counts);
    }

    @Seeded(cases = 100)
    void rowsThatKnowTheirPlaceGiveWhatScoresAloneGive(Gen gen) {
        List<Row> rows = rows(gen);
        int ofClass = gen.integer(0, 2);
        RankedRows several = new RankedRows(LabelSets.ofOneClass(2), 2);
        rows.forEach(row -> several.add(
                row.positive() ? ofClass : (ofClass + gen.integer(1, 2)) % 3, new double[] {gen.unit(), row.score()}));
        RankedColumn column = several.ranked(1, ofClass);

        for (Area area : Area.values()) {
            double value = area.of(ranked(rows));
            assertThat(area.of(column)).isEqualTo(value);
            double[] influences = new double[rows.size()];
            column.addInfluences(area, value, 1, influences);
            double expected = standardError(area, rows);
            if (Double.isNaN(expected)) {
                assertThat(RankedRows.standardError(influences)).isNaN();
            } else {
                assertThat(RankedRows.standardError(influences)).isCloseTo(expected, within(EXACT));
            }
        }
    }

    @Seeded(cases = 100)
    void cellsOfManyRowsGiveTheAreaOfTheRows(Gen gen) {
        List<Row> rows = rows(gen);
        RankedScores ranked = ranked(rows);
        ResampledPrecision.Cells cells = ResampledPrecision.Cells.of(ranked);

        assertThat(cells.area().valueOf(cells.counts())).isCloseTo(Area.PRECISION_RECALL.of(ranked), within(EXACT));
        assertThat(Arrays.stream(cells.counts()).sum()).isEqualTo(rows.size());
        assertThat(cells.counts()).hasSizeLessThanOrEqualTo(2 * positives(rows).size() + 1);
    }

    @Test
    void rowsOfOneKindHaveNoArea() {
        for (Area area : Area.values()) {
            for (List<Row> rows :
                    List.of(List.<Row>of(), List.of(new Row(true, 1), new Row(true, 2)), List.of(new Row(false, 1)))) {
                assertThat(area.of(ranked(rows))).isNaN();
                assertThat(area.standardError(ranked(rows), 0.5)).isNaN();
            }
        }
    }

    @Test
    void cellsWithoutAPositiveRowHaveNoArea() {
        ResampledPrecision.Cells cells =
                ResampledPrecision.Cells.of(ranked(List.of(new Row(true, 1), new Row(false, 2))));

        assertThat(cells.area().valueOf(new long[cells.counts().length])).isNaN();
    }

    private static double standardError(Area area, List<Row> rows) {
        RankedScores ranked = ranked(rows);
        return area.standardError(ranked, area.of(ranked));
    }

    private static double won(Row positive, Row negative) {
        return positive.score() > negative.score() ? 1 : positive.score() == negative.score() ? 0.5 : 0;
    }

    private static double precisionAt(List<Row> rows, Row one) {
        List<Row> from = rows.stream().filter(row -> row.score() >= one.score()).toList();
        return (double) positives(from).size() / from.size();
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    private static List<Row> positives(List<Row> rows) {
        return rows.stream().filter(Row::positive).toList();
    }

    private static List<Row> negatives(List<Row> rows) {
        return rows.stream().filter(row -> !row.positive()).toList();
    }

    /** At least one row of each kind. */
    private static List<Row> rows(Gen gen) {
        boolean ties = gen.chance(0.5);
        double share = gen.oneOf(0.1, 0.5, 0.9);
        List<Row> rows = gen.listOf(
                gen.oneOf(2, 3, gen.integer(4, 60)),
                () -> new Row(gen.chance(share), ties ? gen.integer(0, 4) : gen.real(-1, 1)));
        rows = new ArrayList<>(rows);
        rows.set(0, new Row(true, rows.get(0).score()));
        rows.set(1, new Row(false, rows.get(1).score()));
        return rows;
    }

    private static RankedScores ranked(List<Row> rows) {
        RankedScores ranked = new RankedScores(new ScoreMemory());
        rows.forEach(row -> ranked.add(row.positive(), row.score()));
        return ranked;
    }
}
