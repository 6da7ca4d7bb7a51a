// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.NumberMetrics;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the order of the rows and however they are split, the same rows are the same tally. */
class TallyTest {
    private static final MetricChoice LOG_LOSS = MetricChoice.of(ScoreMetrics.LOG_LOSS, List.of("a", "b"));
    private static final MetricChoice CALIBRATION =
            MetricChoice.of(ScoreMetrics.EXPECTED_CALIBRATION_ERROR, List.of("a", "b"));

    private record Row(int label, int candidate, int reference, double loss, double otherLoss) {}

    @Seeded(cases = 100)
    void anyOrderAndSplitGivesTheSameBytes(Gen gen) {
        int classes = gen.oneOf(2, 3, 7, 50, 300);
        List<Row> rows = gen.listOf(gen.integer(0, 500), () -> row(gen, classes));
        Tallies whole = new Tallies(classes);
        rows.forEach(whole::add);

        Tallies merged = new Tallies(classes);
        List<Tallies> parts = gen.listOf(gen.integer(1, 5), () -> new Tallies(classes));
        gen.shuffled(rows).forEach(row -> gen.oneOf(parts).add(row));
        gen.shuffled(parts).forEach(merged::merge);

        assertThat(merged.bytes()).isEqualTo(whole.bytes());
    }

    @Seeded(cases = 30)
    void anyOrderAndSplitGivesTheSameIntervals(Gen gen) {
        int classes = gen.integer(2, 5);
        List<Row> rows = gen.listOf(gen.integer(2, 300), () -> row(gen, classes));
        Tallies whole = new Tallies(classes);
        rows.forEach(whole::add);
        Tallies merged = new Tallies(classes);
        List<Tallies> parts = gen.listOf(gen.integer(1, 5), () -> new Tallies(classes));
        gen.shuffled(rows).forEach(row -> gen.oneOf(parts).add(row));
        gen.shuffled(parts).forEach(merged::merge);

        assertThat(merged.intervals()).isEqualTo(whole.intervals());
    }

    /** Sets are numbered as they are met, which is not the same in another order. */
    @Seeded(cases = 30)
    void anyOrderOfRowsWithSetsGivesTheSameIntervals(Gen gen) {
        int classes = gen.integer(2, 6);
        List<Row> rows = gen.listOf(gen.integer(2, 200), () -> row(gen, 1 << classes));

        assertThat(intervalsOfSets(gen.shuffled(rows), classes)).isEqualTo(intervalsOfSets(rows, classes));
    }

    /** A row's numbers have a bit for each class of its sets. */
    private static List<String> intervalsOfSets(List<Row> rows, int classes) {
        LabelSets sets = LabelSets.ofAnyClasses(classes);
        ClassTally one = new ClassTally(sets);
        PairedClassTally two = new PairedClassTally(sets);
        ScoreRowTally ranked = new ScoreRowTally(sets, new int[] {0, 1}, false);
        for (Row row : rows) {
            int label = sets.number(BitSet.valueOf(new long[] {row.label()}));
            int candidate = sets.number(BitSet.valueOf(new long[] {row.candidate()}));
            int reference = sets.number(BitSet.valueOf(new long[] {row.reference()}));
            one.add(label, candidate, 1);
            two.add(label, candidate, reference, 1);
            ranked.add(label, new double[] {row.loss(), row.otherLoss()});
        }
        List<String> names = IntStream.range(0, classes).mapToObj(k -> "c" + k).toList();
        Bootstrap bootstrap = new Bootstrap(1, "sets", 100);
        MetricChoice samples = MetricChoice.averaged(CountMetrics.F1, Average.SAMPLES, ZeroDivision.ONE, names);
        MetricChoice precision = MetricChoice.ofClass(ScoreMetrics.AVERAGE_PRECISION, 1, ZeroDivision.UNDEFINED, names);
        return intervals(Stream.of(
                one.sample(MetricChoice.of(CountMetrics.HAMMING_LOSS, names), bootstrap),
                one.sample(samples, bootstrap),
                two.sample(samples, "baseline", 0.95, bootstrap),
                ranked.sample(precision, bootstrap)));
    }

    private static List<String> intervals(Stream<Sample> samples) {
        return samples.flatMap(sample -> sample.readings().values().stream())
                .map(reading -> reading.value() + " "
                        + (reading instanceof Reading.Sampled sampled
                                ? sampled.estimate().interval(0.95)
                                : reading))
                .toList();
    }

    /** Whatever made it not a number, it is the same NaN. */
    @Seeded(cases = 20)
    void whatIsNoNumberHasOneForm(Gen gen) {
        List<Double> values = gen.listOf(20, () -> Double.longBitsToDouble(gen.anyLong() | 0x7ff8L << 48));
        RowValues one = new RowValues();
        RowValues two = new RowValues();
        values.forEach(one::add);
        gen.shuffled(values).forEach(two::add);

        assertThat(one.toBytes()).isEqualTo(two.toBytes());
        assertThat(one.means(LOG_LOSS).value()).isNaN();
    }

    @Seeded(cases = 50)
    void bytesReadBackAreTheSameTally(Gen gen) {
        int classes = gen.oneOf(2, 7, 300);
        Tallies tallies = new Tallies(classes);
        gen.listOf(gen.integer(0, 300), () -> row(gen, classes)).forEach(tallies::add);

        assertThat(ClassTally.fromBytes(tallies.one.toBytes(), LabelSets.ofOneClass(classes))
                        .toBytes())
                .isEqualTo(tallies.one.toBytes());
        assertThat(PairedClassTally.fromBytes(tallies.two.toBytes(), LabelSets.ofOneClass(classes))
                        .toBytes())
                .isEqualTo(tallies.two.toBytes());
        assertThat(RowValues.fromBytes(tallies.losses.toBytes()).toBytes()).isEqualTo(tallies.losses.toBytes());
        assertThat(RowValues.fromBytes(tallies.losses.toBytes()).means(LOG_LOSS).value())
                .isEqualTo(tallies.losses.means(LOG_LOSS).value());
        assertThat(NumberTally.fromBytes(tallies.numbers.toBytes(), true).toBytes())
                .isEqualTo(tallies.numbers.toBytes());
        assertThat(PairedRowValues.fromBytes(tallies.pairedLosses.toBytes()).toBytes())
                .isEqualTo(tallies.pairedLosses.toBytes());
    }

    @Seeded(cases = 50)
    void theSidesOfAPairAreTheTalliesOfEach(Gen gen) {
        int classes = gen.integer(2, 9);
        Tallies tallies = new Tallies(classes);
        ClassTally reference = new ClassTally(LabelSets.ofOneClass(classes));
        gen.listOf(200, () -> row(gen, classes)).forEach(row -> {
            tallies.add(row);
            reference.add(row.label(), row.reference(), 1);
        });
        assertThat(tallies.two.candidate().toBytes()).isEqualTo(tallies.one.toBytes());
        assertThat(tallies.two.reference().toBytes()).isEqualTo(reference.toBytes());
    }

    @Test
    void refusesRowsOfClassesThatAreNotThere() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClassTally(LabelSets.ofOneClass(3)).add(3, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClassTally(LabelSets.ofOneClass(3)).add(0, -1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairedClassTally(LabelSets.ofOneClass(3)).add(0, 0, 3, 1));
    }

    @Test
    void refusesBytesThatNoTallyWrote() {
        byte[] bytes = new ClassTally(LabelSets.ofOneClass(3)).toBytes();
        assertThatIllegalArgumentException().isThrownBy(() -> ClassTally.fromBytes(bytes, LabelSets.ofOneClass(4)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassTally.fromBytes(new byte[3], LabelSets.ofOneClass(3)));
        byte[] negative = new byte[24];
        System.arraycopy(bytes, 0, negative, 0, 8);
        negative[16] = (byte) 0x80;
        assertThatIllegalArgumentException().isThrownBy(() -> ClassTally.fromBytes(negative, LabelSets.ofOneClass(3)));
        assertThatIllegalArgumentException().isThrownBy(() -> RowValues.fromBytes(new byte[9]));
        assertThatIllegalArgumentException().isThrownBy(() -> PairedRowValues.fromBytes(new byte[24]));
        assertThatIllegalArgumentException().isThrownBy(() -> NumberTally.fromBytes(new byte[24], false));
        assertThatIllegalArgumentException().isThrownBy(() -> new NumberTally(false).merge(new NumberTally(true)));
    }

    private static Row row(Gen gen, int classes) {
        return new Row(
                gen.integer(0, classes - 1),
                gen.integer(0, classes - 1),
                gen.integer(0, classes - 1),
                gen.real(0, 5),
                gen.oneOf(0.0, 1.0, gen.real(0, 5)));
    }

    private static final class Tallies {
        private final ClassTally one;
        private final PairedClassTally two;
        private final RowValues losses = new RowValues();
        private final PairedRowValues pairedLosses = new PairedRowValues();
        private final RowValues confidences = new RowValues();
        private final NumberTally numbers = new NumberTally(true);

        Tallies(int classes) {
            one = new ClassTally(LabelSets.ofOneClass(classes));
            two = new PairedClassTally(LabelSets.ofOneClass(classes));
        }

        void add(Row row) {
            one.add(row.label(), row.candidate(), 1);
            two.add(row.label(), row.candidate(), row.reference(), 1);
            losses.add(row.loss());
            pairedLosses.add(row.loss(), row.otherLoss());
            confidences.add(row.candidate() == row.label() ? row.loss() / 5 : -row.loss() / 5);
            numbers.add(row.label(), row.loss(), row.otherLoss());
        }

        void merge(Tallies other) {
            one.merge(other.one);
            two.merge(other.two);
            losses.merge(other.losses);
            pairedLosses.merge(other.pairedLosses);
            confidences.merge(other.confidences);
            numbers.merge(other.numbers);
        }

        List<String> intervals() {
            Bootstrap bootstrap = new Bootstrap(1, "intervals", 100);
            MetricChoice f1 = MetricChoice.averaged(
                    CountMetrics.F1,
                    Average.MACRO,
                    ZeroDivision.ZERO,
                    IntStream.range(0, one.sets().classes())
                            .mapToObj(k -> "c" + k)
                            .toList());
            return TallyTest.intervals(Stream.of(
                    one.sample(f1, bootstrap),
                    two.sample(f1, "baseline", 0.95, bootstrap),
                    losses.sample(LOG_LOSS, bootstrap),
                    pairedLosses.sample(LOG_LOSS, "baseline", 0.95, bootstrap),
                    confidences.sample(CALIBRATION, bootstrap),
                    numbers.sample(ofNumbers(NumberMetrics.R2), "baseline", 0.95, bootstrap),
                    numbers.sample(ofNumbers(NumberMetrics.MEDIAN_ABSOLUTE_ERROR), "baseline", 0.95, bootstrap)));
        }

        private static MetricChoice ofNumbers(Metric metric) {
            return MetricChoice.of(metric, List.of());
        }

        List<String> bytes() {
            return Stream.of(one.toBytes(), two.toBytes(), losses.toBytes(), pairedLosses.toBytes(), numbers.toBytes())
                    .map(HexFormat.of()::formatHex)
                    .toList();
        }
    }
}
