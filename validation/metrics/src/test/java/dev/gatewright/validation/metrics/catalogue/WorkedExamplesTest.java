// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.tally.ClassTally;
import dev.gatewright.validation.metrics.tally.RowValues;
import dev.gatewright.validation.metrics.tally.RunTimes;
import dev.gatewright.validation.metrics.tally.ScoreTally;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the catalogue tells a reader is what the program computes. */
class WorkedExamplesTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");
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
        if (metric.kernel() instanceof Kernel.Counts) {
            ClassTally tally = new ClassTally(CLASSES.size());
            for (int i = 0; i < truth.size(); i++) {
                tally.add(CLASSES.indexOf(truth.get(i)), CLASSES.indexOf(answers.get(i)), 1);
            }
            MetricChoice choice = metric.options().contains(Metric.Option.AVERAGE)
                    ? MetricChoice.averaged(metric, Average.MACRO, ZeroDivision.UNDEFINED, CLASSES)
                    : MetricChoice.of(metric, CLASSES);
            return tally.reading(choice, bootstrap).value();
        }
        if (metric.kernel() instanceof Kernel.AreaUnder) {
            ScoreTally tally = new ScoreTally(new ScoreMemory());
            for (int i = 0; i < truth.size(); i++) {
                tally.add(truth.get(i).equals("p"), Double.parseDouble(answers.get(i)));
            }
            MetricChoice choice = MetricChoice.ofClass(metric, 1, ZeroDivision.UNDEFINED, List.of("n", "p"));
            return tally.reading(choice, bootstrap).value();
        }
        RowValues values = new RowValues();
        if (metric.kernel() instanceof Kernel.RowProbabilities kernel) {
            answers.forEach(answer -> values.add(kernel.value().of(Double.parseDouble(answer), Math.ulp(1.0))));
        } else if (metric.kernel() instanceof Kernel.RowNumbers kernel) {
            for (int i = 0; i < truth.size(); i++) {
                values.add(kernel.value().of(Double.parseDouble(truth.get(i)), Double.parseDouble(answers.get(i))));
            }
        } else if (metric.kernel() instanceof Kernel.ModelSize) {
            return answers.stream().mapToDouble(Double::parseDouble).sum();
        } else {
            long[] nanoseconds = answers.stream()
                    .mapToLong(answer -> (long) (Double.parseDouble(answer) * 1e6))
                    .toArray();
            Reading reading = new RunTimes(nanoseconds).reading(metric, bootstrap);
            return reading.value();
        }
        return values.mean();
    }
}
