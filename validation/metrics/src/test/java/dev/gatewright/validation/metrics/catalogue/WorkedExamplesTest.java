// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.tally.ClassTally;
import dev.gatewright.validation.metrics.tally.NumberTally;
import dev.gatewright.validation.metrics.tally.PairedClassTally;
import dev.gatewright.validation.metrics.tally.RowValues;
import dev.gatewright.validation.metrics.tally.RunTimes;
import dev.gatewright.validation.metrics.tally.ScoreTally;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the catalogue tells a reader is what the program computes. */
class WorkedExamplesTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");
    private static final List<String> TWO = List.of("n", "p");
    private static final List<Metric> ALL = Catalogue.ALL;

    @ParameterizedTest
    @FieldSource("ALL")
    void theWorkedExampleHasTheValueThatIsToldOfIt(Metric metric) {
        assertThat(compute(metric)).isCloseTo(metric.example().value(), Offset.offset(1e-12));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void everyMetricTellsAllOfItself(Metric metric) {
        assertThat(metric.name()).matches("[a-z][a-z0-9_]*");
        assertThat(List.of(
                        metric.title(),
                        metric.formula(),
                        metric.source(),
                        metric.example().working()))
                .allSatisfy(text -> assertThat(text).isNotBlank());
    }

    @Test
    void namesAreUnique() {
        assertThat(ALL).extracting(Metric::name).doesNotHaveDuplicates();
    }

    private static double compute(Metric metric) {
        List<String> truth = metric.example().truth();
        List<String> answers = metric.example().answers();
        Bootstrap bootstrap = new Bootstrap(1, "example");
        if (metric.isOfNumbers()) {
            NumberTally tally = new NumberTally(false);
            for (int i = 0; i < truth.size(); i++) {
                tally.add(number(truth.get(i)), number(answers.get(i)), Double.NaN);
            }
            return value(tally.sample(choice(metric, List.of()), bootstrap));
        }
        if (metric.fits(Task.MULTILABEL_CLASSIFICATION) && !metric.fits(Task.MULTICLASS_CLASSIFICATION)) {
            LabelSets sets = LabelSets.ofAnyClasses(CLASSES.size());
            ClassTally tally = new ClassTally(sets);
            for (int i = 0; i < truth.size(); i++) {
                tally.add(sets.number(set(truth.get(i))), sets.number(set(answers.get(i))), 1);
            }
            return value(tally.sample(choice(metric, CLASSES), bootstrap));
        }
        if (metric.kernel() instanceof Kernel.Counts) {
            ClassTally tally = new ClassTally(LabelSets.ofOneClass(CLASSES.size()));
            for (int i = 0; i < truth.size(); i++) {
                int label = CLASSES.indexOf(truth.get(i));
                tally.add(label, decided(answers.get(i), label, metric.example().parameter()), 1);
            }
            return value(tally.sample(choice(metric, CLASSES), bootstrap));
        }
        if (metric.kernel() instanceof Kernel.AreaUnder) {
            ScoreTally tally = new ScoreTally(new ScoreMemory());
            for (int i = 0; i < truth.size(); i++) {
                tally.add(truth.get(i).equals("p"), number(answers.get(i)));
            }
            MetricChoice choice = MetricChoice.ofClass(metric, 1, ZeroDivision.UNDEFINED, TWO);
            return tally.reading(choice, bootstrap).value();
        }
        if (metric.isOfClasses()) {
            RowValues values = new RowValues();
            for (int i = 0; i < truth.size(); i++) {
                values.add(RowValues.of(metric, scores(answers.get(i)), TWO.indexOf(truth.get(i)), Math.ulp(1.0)));
            }
            return value(values.sample(MetricChoice.of(metric, TWO), bootstrap));
        }
        if (metric.isTime()) {
            long[] nanoseconds = answers.stream()
                    .mapToLong(answer -> (long) (number(answer) * 1e6))
                    .toArray();
            return new RunTimes(nanoseconds, 64).reading(metric, bootstrap).value();
        }
        if (metric.kernel() instanceof Kernel.SameAnswers) {
            PairedClassTally tally = new PairedClassTally(LabelSets.ofOneClass(CLASSES.size()));
            for (String answer : answers) {
                String[] both = answer.split(",", -1);
                tally.add(0, CLASSES.indexOf(both[0]), CLASSES.indexOf(both[1]), 1);
            }
            return tally.agreement().value();
        }
        if (metric.kernel() instanceof Kernel.SizeRatio) {
            return number(answers.get(0)) / number(answers.get(1));
        }
        if (metric.isOfData()) {
            return (double) answers.stream().filter(truth::contains).count() / answers.size();
        }
        double bytes = answers.stream().mapToDouble(WorkedExamplesTest::number).sum();
        return metric.unit() == Unit.MEGABYTES ? bytes / 1e6 : bytes;
    }

    private static MetricChoice choice(Metric metric, List<String> classes) {
        MetricChoice choice = metric.options().contains(Metric.Option.AVERAGE)
                ? MetricChoice.averaged(metric, Average.MACRO, ZeroDivision.UNDEFINED, classes)
                : MetricChoice.of(metric, classes);
        return choice.with(metric.example().parameter());
    }

    /** The class that was answered, or that the scores come to if the label has to be among the {@code most} highest. */
    private static int decided(String answer, int label, double most) {
        if (!answer.contains(",")) {
            return CLASSES.indexOf(answer);
        }
        double[] scores = scores(answer);
        long higher =
                Arrays.stream(scores).filter(score -> score > scores[label]).count();
        return higher < most ? label : (label + 1) % CLASSES.size();
    }

    private static BitSet set(String classes) {
        BitSet set = new BitSet();
        Arrays.stream(classes.equals("-") ? new String[0] : classes.split(","))
                .forEach(name -> set.set(CLASSES.indexOf(name)));
        return set;
    }

    private static double[] scores(String answer) {
        return Arrays.stream(answer.split(","))
                .mapToDouble(WorkedExamplesTest::number)
                .toArray();
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static double value(Sample sample) {
        return sample.readings().get(Bound.Quantity.VALUE).value();
    }
}
