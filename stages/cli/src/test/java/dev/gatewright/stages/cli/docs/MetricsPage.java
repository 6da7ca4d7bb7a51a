// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.docs;

import dev.gatewright.stages.cli.render.MetricPage;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.Metric;

/** All metrics as a page, made from the catalogue. */
final class MetricsPage {
    private MetricsPage() {}

    static String of() {
        StringBuilder out = new StringBuilder("""
                # The metrics

                Made from the catalogue that computes them, and held equal to it by a test; `gatewright explain METRIC` prints the same.
                Each is a `metric:` of a gate of [evaluate-metrics](spec.md#stagesevaluate-metricsgates); their intervals are described in
                [validation/metrics](../validation/metrics/README.md).
                """);
        for (Metric metric : Catalogue.ALL) {
            out.append("\n## ").append(metric.name()).append("\n\n").append(sentence(metric.title()));
            MetricPage.facts(metric)
                    .forEach(fact -> out.append("- ")
                            .append(fact.name())
                            .append(": ")
                            .append(fact.text().replace("|", "\\|"))
                            .append('\n'));
        }
        return out.toString();
    }

    private static String sentence(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1) + ".\n\n";
    }
}
