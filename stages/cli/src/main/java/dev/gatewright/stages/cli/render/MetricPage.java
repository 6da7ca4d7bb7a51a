// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A metric of the catalogue, explained. */
public final class MetricPage {
    private static final int FACT_COLUMN = 10;

    private MetricPage() {}

    /** What there is to say of a metric: its formula, say. */
    public record Fact(String name, String text) {}

    /** The explanation for a terminal, a fact a line. */
    public static String of(Metric metric) {
        StringBuilder out = new StringBuilder();
        // The name may be longer than the column of the facts.
        out.append(metric.name()).append("  ").append(metric.title()).append('\n');
        for (Fact fact : facts(metric)) {
            out.append(fact.name())
                    .append(" ".repeat(FACT_COLUMN - fact.name().length()))
                    .append(fact.text())
                    .append('\n');
        }
        return out.toString();
    }

    /** All facts. */
    public static List<Fact> facts(Metric metric) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("judges", subject(metric)));
        facts.add(new Fact("better", metric.direction() == Direction.HIGHER_IS_BETTER ? "higher" : "lower"));
        facts.add(new Fact("values", values(metric.range())));
        if (!metric.unit().symbol().isEmpty()) {
            facts.add(new Fact("unit", metric.unit().symbol()));
        }
        facts.add(new Fact("formula", metric.formula()));
        facts.add(new Fact("example", example(metric)));
        if (!metric.options().isEmpty()) {
            facts.add(new Fact(
                    "options", metric.options().stream().map(MetricPage::option).collect(Collectors.joining(", "))));
        }
        facts.add(new Fact("interval", interval(metric)));
        facts.add(new Fact("source", metric.source()));
        return facts;
    }

    private static String subject(Metric metric) {
        if (metric.isOfNumbers()) {
            return "predicted numbers";
        }
        if (metric.isOfTwoModels()) {
            return "a model against the one that the gate names";
        }
        if (!metric.isOfClasses()) {
            return "a model as it runs";
        }
        if (metric.kernel() instanceof Kernel.RowScores) {
            return "decision values of classes";
        }
        if (metric.isOfProbabilities()) {
            return "probabilities of classes";
        }
        return metric.fits(Task.MULTICLASS_CLASSIFICATION)
                ? "predicted classes"
                : "predicted classes, any number of them a row";
    }

    private static String values(Range range) {
        String lowest = Double.isInfinite(range.lowest()) ? "" : "from " + Numbers.exact(range.lowest());
        String highest = Double.isInfinite(range.highest()) ? "" : "to " + Numbers.exact(range.highest());
        return (lowest + " " + highest + (lowest.isEmpty() || highest.isEmpty() ? ", without end" : "")).strip();
    }

    private static String example(Metric metric) {
        Metric.WorkedExample example = metric.example();
        String given = example.truth().isEmpty()
                ? ""
                : "labelled " + String.join(" ", example.truth()) + ", answered " + String.join(" ", example.answers())
                        + metric.parameter()
                                .map(option -> ", " + option.spelling() + " " + Numbers.exact(example.parameter()))
                                .orElse("")
                        + ": ";
        return given + example.working() + " = " + Numbers.rounded(example.value());
    }

    private static String option(Metric.Option option) {
        return option.isParameter() ? option.spelling() + " (has to be there)" : option.spelling();
    }

    private static String interval(Metric metric) {
        if (metric.hasInterval()) {
            return "yes, with confidence";
        }
        return metric.isSampled()
                ? "none: the largest of a sample tells nothing of larger ones"
                : "none: it is no sample statistic";
    }
}
