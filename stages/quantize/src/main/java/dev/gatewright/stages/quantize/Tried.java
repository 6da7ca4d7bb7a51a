// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.evaluation.FormJudgement;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.quantization.QuantizedNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form that was made, or could not be, and how it was judged.
 *
 * @param excluded nodes that were left as they are so that the others may become smaller, the worst first
 * @param nodes the nodes that became smaller
 * @param form the form; none where it could not be made or read
 * @param judgement how its answers were judged; none where it could not be run
 * @param gates all gates, those that are always on first
 */
record Tried(
        Rung rung,
        List<String> excluded,
        List<QuantizedNode> nodes,
        @Nullable ModelFile form,
        @Nullable FormJudgement judgement,
        List<GateResult> gates) {
    /** Keeps its own copies. */
    Tried {
        excluded = List.copyOf(excluded);
        nodes = List.copyOf(nodes);
        gates = List.copyOf(gates);
    }

    Verdict verdict() {
        return GateResult.combine(gates);
    }

    boolean passes() {
        return verdict() == Verdict.PASSED;
    }

    /** The gates that keep it from passing. */
    List<GateResult> obstacles() {
        return gates.stream()
                .filter(gate -> gate.verdict() != Verdict.PASSED && !gate.isWarning())
                .toList();
    }

    /** Whether all that is wrong with it is what it answers, so that fewer rounded numbers may mend it. */
    boolean answersTooBadly() {
        List<GateResult> obstacles = obstacles();
        return !obstacles.isEmpty()
                && obstacles.stream()
                        .allMatch(gate -> gate.verdict() != Verdict.NOT_EVALUATED
                                && gate.gate().measure() instanceof MetricChoice choice
                                && choice.metric().isSampled()
                                && !choice.metric().isRunTime());
    }

    /** The judgement in a sentence: of a form that does not pass, the first gate of those that decided it. */
    String sentence() {
        return obstacles().stream()
                .filter(gate -> gate.verdict() == verdict())
                .findFirst()
                .map(GateResult::sentence)
                .orElseGet(() -> "all " + gates.size() + " gates hold");
    }
}
