// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.gate.Finding;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.HexFormat;
import java.util.List;

/** What tests read from an evaluation. */
final class Results {
    private Results() {}

    static List<Verdict> verdicts(Evaluation evaluation) {
        return evaluation.gates().stream().map(GateResult::verdict).toList();
    }

    static String sentence(Evaluation evaluation, int gate) {
        return evaluation.gates().get(gate).sentence();
    }

    /** The value of a metric on {@code rows}; all rows where it is empty. */
    static double value(Evaluation evaluation, String metric, String rows) {
        return evaluation.measured().stream()
                .filter(one ->
                        one.metric().spelling().equals(metric) && one.rows().equals(rows))
                .findFirst()
                .orElseThrow()
                .reading()
                .value();
    }

    /** All that an evaluation says of model and rows, to the last bit: nothing of threads, times or paths. */
    static String toTheBit(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        for (GateResult gate : evaluation.gates()) {
            text.append(gate.verdict()).append(' ').append(gate.sentence()).append('\n');
            for (Finding finding : gate.findings()) {
                text.append(finding.rows())
                        .append(' ')
                        .append(finding.value())
                        .append(' ')
                        .append(finding.held())
                        .append(' ')
                        .append(finding.interval())
                        .append(' ')
                        .append(finding.comparison())
                        .append('\n');
            }
        }
        for (Evaluation.Measured one : evaluation.measured()) {
            text.append(one.metric().spelling()).append(' ').append(one.rows()).append(' ');
            text.append(one.reading().value());
            if (one.reading() instanceof Reading.Sampled sampled) {
                text.append(' ').append(sampled.estimate().interval(0.95));
            }
            text.append('\n');
        }
        if (evaluation.classes() != null) {
            text.append(HexFormat.of().formatHex(evaluation.classes().toBytes()));
        }
        return text.append(evaluation.slices()).toString();
    }
}
