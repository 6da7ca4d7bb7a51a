// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.catalogue.Metric;
import java.util.stream.Collectors;

/** A metric of the catalogue, explained. */
public final class MetricPage {
    private static final int FACT_COLUMN = 10;

    private MetricPage() {}

    /** The explanation, a fact a line. */
    public static String of(Metric metric) {
        StringBuilder out = new StringBuilder();
        // The name may be longer than the column of the facts.
        out.append(metric.name()).append("  ").append(metric.title()).append('\n');
        line(out, "better", metric.direction() == Direction.HIGHER_IS_BETTER ? "higher" : "lower");
        if (!metric.unit().symbol().isEmpty()) {
            line(out, "unit", metric.unit().symbol());
        }
        line(out, "formula", metric.formula());
        Metric.WorkedExample example = metric.example();
        if (!example.truth().isEmpty()) {
            line(
                    out,
                    "example",
                    "labelled " + String.join(" ", example.truth()) + ", answered "
                            + String.join(" ", example.answers()));
        }
        line(
                out,
                example.truth().isEmpty() ? "example" : "",
                example.working() + " = " + Numbers.rounded(example.value()));
        if (!metric.options().isEmpty()) {
            line(
                    out,
                    "options",
                    metric.options().stream().map(Metric.Option::spelling).collect(Collectors.joining(", ")));
        }
        line(out, "interval", metric.isSampled() ? "yes, with confidence" : "none: it is no sample statistic");
        line(out, "source", metric.source());
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append(name)
                .append(" ".repeat(FACT_COLUMN - name.length()))
                .append(text)
                .append('\n');
    }
}
