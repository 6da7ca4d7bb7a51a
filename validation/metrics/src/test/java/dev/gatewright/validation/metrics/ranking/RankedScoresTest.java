// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RankedScoresTest {
    private record Row(boolean positive, double score) {}

    @Seeded(cases = 60)
    void walksThroughTheRowsByScoreFromTheLowestUp(Gen gen) {
        List<Row> rows = rows(gen);
        TreeMap<Double, long[]> expected = new TreeMap<>();
        rows.forEach(
                row -> expected.computeIfAbsent(row.score() + 0.0, score -> new long[2])[row.positive() ? 0 : 1]++);

        assertThat(groups(ranked(rows, new ScoreMemory()))).isEqualTo(withNegativesTogether(expected.values()));
    }

    /** Groups of positive and negative rows, those without positive ones together with the next such. */
    private static List<List<Long>> withNegativesTogether(Collection<long[]> groups) {
        List<List<Long>> together = new ArrayList<>();
        long negatives = 0;
        for (long[] group : groups) {
            if (group[0] == 0) {
                negatives += group[1];
                continue;
            }
            if (negatives > 0) {
                together.add(List.of(0L, negatives));
            }
            together.add(List.of(group[0], group[1]));
            negatives = 0;
        }
        if (negatives > 0) {
            together.add(List.of(0L, negatives));
        }
        return together;
    }

    @Seeded(cases = 40)
    void anyOrderAnySplitAndAnyMemoryGiveTheSameBytesAndGroups(Gen gen) {
        List<Row> rows = rows(gen);
        RankedScores whole = ranked(rows, new ScoreMemory());
        ScoreMemory memory = new ScoreMemory(gen.oneOf(0, 100_000, 1 << 20));
        RankedScores merged = new RankedScores(memory);
        List<RankedScores> parts =
                gen.listOf(gen.integer(1, 4), () -> new RankedScores(gen.oneOf(memory, new ScoreMemory())));
        gen.shuffled(rows).forEach(row -> gen.oneOf(parts).add(row.positive(), row.score()));
        gen.shuffled(parts).forEach(merged::merge);

        assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
        assertThat(groups(merged)).isEqualTo(groups(whole));
        assertThat(merged.positives()).isEqualTo(whole.positives());
        assertThat(merged.negatives()).isEqualTo(whole.negatives());
    }

    @Seeded(cases = 40)
    void rowsMayComeAfterAWalk(Gen gen) {
        List<Row> rows = rows(gen);
        RankedScores ranked = new RankedScores(new ScoreMemory(gen.oneOf(0, 1 << 20)));
        for (int i = 0; i < rows.size(); i++) {
            if (i % (1 + rows.size() / 3) == 0) {
                groups(ranked);
            }
            ranked.add(rows.get(i).positive(), rows.get(i).score());
        }

        assertThat(ranked.toBytes()).isEqualTo(ranked(rows, new ScoreMemory()).toBytes());
    }

    @Seeded(cases = 40)
    void bytesReadBackAreTheSameRows(Gen gen) {
        byte[] bytes = ranked(rows(gen), new ScoreMemory()).toBytes();

        assertThat(RankedScores.fromBytes(bytes, new ScoreMemory()).toBytes()).isEqualTo(bytes);
    }

    @Test
    void aScoreTakesFourBytesWhileAllAreFloats() {
        RankedScores floats = new RankedScores(new ScoreMemory());
        floats.add(true, 0.1f);
        floats.add(false, 0.75);
        assertThat(floats.toBytes()).hasSize(9 + 2 * 4);

        floats.add(false, 0.1);
        assertThat(floats.toBytes()).hasSize(9 + 3 * 8);
    }

    @Test
    void whatIsBeyondTheMemoryGoesToTheFileAndNothingElseDoes() {
        ScoreMemory roomy = new ScoreMemory(1 << 20);
        ScoreMemory narrow = new ScoreMemory(1 << 18);
        RankedScores kept = new RankedScores(roomy);
        RankedScores spilled = new RankedScores(narrow);
        for (int i = 0; i < 100_000; i++) {
            kept.add(i % 3 == 0, i % 1000 / 1024.0);
            spilled.add(i % 3 == 0, i % 1000 / 1024.0);
        }

        assertThat(groups(spilled)).isEqualTo(groups(kept));
        assertThat(roomy.fileSize()).isZero();
        assertThat(narrow.fileSize()).isBetween(100_000L * Float.BYTES - (1 << 18), 100_000L * Float.BYTES);
    }

    @Test
    void moreScoresThanAreSortedAtOnceAreMerged() {
        int rows = 9_000_000;
        RankedScores ranked = new RankedScores(new ScoreMemory());
        for (int i = 0; i < rows; i++) {
            ranked.add(true, i % 1000 / 1024.0);
        }

        assertThat(groups(ranked)).isEqualTo(Collections.nCopies(1000, List.of(rows / 1000L, 0L)));
    }

    @Test
    void floatsAreNotWidenedWhereMemoryIsShort() {
        ScoreMemory memory = new ScoreMemory(300_000);
        RankedScores ranked = new RankedScores(memory);
        for (int i = 0; i < 50_000; i++) {
            ranked.add(true, i / 65536.0);
        }
        ranked.add(true, 0.1);

        assertThat(groups(ranked)).hasSize(50_001);
        assertThat(memory.fileSize()).isZero();
    }

    @Test
    void refusesScoresThatAreNoNumbers() {
        RankedScores ranked = new RankedScores(new ScoreMemory());
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ranked.add(true, wrong))
                    .withMessage("a score is " + wrong + ": it must be finite");
        }
    }

    @Test
    void refusesBytesThatNoRankingWrote() {
        RankedScores ranked = new RankedScores(new ScoreMemory());
        ranked.add(true, 0.25);
        ranked.add(true, 0.5);
        byte[] bytes = ranked.toBytes();
        for (int length : new int[] {0, 8, bytes.length - 1, bytes.length + 1}) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
        byte[] ofOtherWidth = bytes.clone();
        ofOtherWidth[0] = 5;
        assertRefused(ofOtherWidth);
        byte[] negative = bytes.clone();
        negative[1] = -1;
        assertRefused(negative);
        byte[] unsorted = bytes.clone();
        System.arraycopy(bytes, 9, unsorted, 13, 4);
        System.arraycopy(bytes, 13, unsorted, 9, 4);
        assertRefused(unsorted);
    }

    private static void assertRefused(byte[] bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> RankedScores.fromBytes(bytes, new ScoreMemory()));
    }

    /** Few or many rows, with many ties or none, floats or not, of both signs. */
    private static List<Row> rows(Gen gen) {
        double scale = gen.oneOf(1.0, 1e-310, 1e300);
        Supplier<Double> score = switch (gen.integer(0, 3)) {
            case 0 -> () -> scale * gen.real(-1, 1);
            case 1 -> () -> (double) (float) gen.real(0, 1);
            case 2 -> () -> gen.integer(-3, 3) / 4.0 * gen.oneOf(1, -1);
            default -> () -> gen.chance(0.01) ? gen.unit() : gen.integer(0, 50) / 64.0;
        };
        double share = gen.oneOf(0.0, 0.01, 0.5, 1.0);
        return gen.listOf(
                gen.oneOf(0, 1, gen.integer(2, 300), gen.integer(10_000, 40_000)),
                () -> new Row(gen.chance(share), score.get()));
    }

    private static RankedScores ranked(List<Row> rows, ScoreMemory memory) {
        RankedScores ranked = new RankedScores(memory);
        rows.forEach(row -> ranked.add(row.positive(), row.score()));
        return ranked;
    }

    private static List<List<Long>> groups(Ranking ranking) {
        List<List<Long>> groups = new ArrayList<>();
        ranking.walk((positives, negatives) -> groups.add(List.of(positives, negatives)));
        return groups;
    }
}
