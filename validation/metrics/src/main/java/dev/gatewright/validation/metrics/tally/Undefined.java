// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.ClassCounts;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;

/** Says why a metric of counts has no value. */
final class Undefined {
    private Undefined() {}

    static String why(MetricChoice choice, ClassCounts counts) {
        if (choice.average() == Average.SAMPLES) {
            return "it is undefined, because a row's own value is, where nothing is labelled or predicted; say what that counts"
                    + " as with zero-division: 0, 1 or skip";
        }
        Kernel.CountFunction value = ((Kernel.Counts) choice.metric().kernel()).value();
        for (int k = 0; k < counts.classes(); k++) {
            MetricChoice ofClass = MetricChoice.ofClass(choice.metric(), k, ZeroDivision.UNDEFINED, choice.classes())
                    .with(choice.parameter());
            boolean concerned = choice.onlyClass() < 0 || choice.onlyClass() == k;
            if (concerned && Double.isNaN(value.of(counts, ofClass))) {
                String missing = missing(counts, k, choice.classes().get(k));
                if (!missing.isEmpty()) {
                    return "it is undefined, because " + missing + "; add such rows"
                            + (choice.metric().options().contains(Metric.Option.ZERO_DIVISION)
                                    ? ", or say what that counts as with zero-division: 0, 1 or skip"
                                    : "");
                }
            }
        }
        return "it is undefined on these " + counts.rows() + " rows";
    }

    /** What the class lacks; empty where it lacks nothing. */
    private static String missing(ClassCounts counts, int k, String name) {
        long rows = counts.rows();
        if (counts.labelled(k) == rows || counts.predicted(k) == rows) {
            String how = counts.labelled(k) == rows ? "labelled" : "predicted";
            return "all " + rows + " rows are " + how + " as class '" + name + "'"
                    + (counts.areOfOneClass() ? " and none as another" : "");
        }
        String what = counts.labelled(k) == 0
                ? counts.predicted(k) == 0 ? "no labelled and no predicted row" : "no labelled row"
                : counts.predicted(k) == 0 ? "no predicted row" : "";
        return what.isEmpty() ? "" : "class '" + name + "' has " + what + " among " + rows;
    }
}
