// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.validation.evaluation.EvaluationFailedException;
import dev.gatewright.validation.evaluation.FirstAnswers;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.quantization.QuantizedNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the nodes that spoil a form, and for the form that leaves as few of them out as it can.
 *
 * <p>Each node alone is made smaller and the answers held against the unquantised ones; then the worst one, two, four and so on are
 * left as they are until a form passes, and fewer than those are tried while trials are left. A form that is made counts as a
 * trial. Three quarters of the trials at most go to the nodes, those with most weights first.
 */
final class BlameSearch {
    /** Enough that one row in a hundred is seen; few enough that a node costs little. */
    static final int ROWS = 256;

    private static final int MOST_NAMED = 1000;

    private final Trial trial;
    private final FormJudge judge;
    private final Workshop workshop;
    private final ModelFile original;
    private final Progress progress;
    private final int budget;
    private int trials;

    BlameSearch(Trial trial, FormJudge judge, Workshop workshop, ModelFile original, Progress progress, int budget) {
        this.trial = trial;
        this.judge = judge;
        this.workshop = workshop;
        this.original = original;
        this.progress = progress;
        this.budget = budget;
    }

    /** What was found. {@code passing} is the form that passes without the worst nodes; none where no trial found one. */
    record Found(Blame blame, @Nullable Tried passing) {}

    /** Searches where {@code spoilt} answers too badly. */
    Found search(Tried spoilt) throws InterruptedException, IOException {
        List<QuantizedNode> nodes = new ArrayList<>(spoilt.nodes());
        nodes.sort(Comparator.comparingLong(QuantizedNode::weights).reversed());
        int most = Math.min(nodes.size(), budget - Math.max(1, budget / 4));
        FirstAnswers clean = judge.firstAnswers(original, ROWS, RunPlan.DEFAULT_BATCH);
        List<Blame.Node> blamed = new ArrayList<>();
        for (QuantizedNode node : nodes.subList(0, most)) {
            progress.step("quantising " + node.name() + " alone (" + (blamed.size() + 1) + " of " + most + ")");
            blamed.add(alone(spoilt.rung(), node, nodes, clean));
        }
        blamed.sort(worstFirst());
        List<Blame.Step> steps = new ArrayList<>();
        steps.add(new Blame.Step(0, spoilt.verdict(), spoilt.sentence()));
        Tried passing = exclude(spoilt.rung(), blamed, nodes.size(), steps);
        List<String> unmeasured = nodes.subList(most, Math.min(nodes.size(), most + MOST_NAMED)).stream()
                .map(QuantizedNode::name)
                .toList();
        return new Found(new Blame(clean.rows(), clean.score(), blamed, unmeasured, steps, trials), passing);
    }

    /** Forms without answers first, then by the noise that a node adds, then by the answers that it changes. */
    private static Comparator<Blame.Node> worstFirst() {
        return Comparator.<Blame.Node>comparingInt(node -> Double.isNaN(node.score()) ? 0 : 1)
                .thenComparingDouble(Blame.Node::signalToNoise)
                .thenComparing(Comparator.comparingInt(Blame.Node::changed).reversed())
                .thenComparing(Blame.Node::name);
    }

    private Blame.Node alone(Rung rung, QuantizedNode node, List<QuantizedNode> all, FirstAnswers clean)
            throws InterruptedException, IOException {
        Set<String> others = new HashSet<>();
        all.forEach(other -> others.add(other.name()));
        others.remove(node.name());
        trials++;
        if (trial.make(rung, others) instanceof Trial.Form form) {
            try {
                FirstAnswers answers = judge.firstAnswers(form.file(), ROWS, RunPlan.DEFAULT_BATCH);
                return new Blame.Node(
                        node.name(),
                        node.operator(),
                        node.weights(),
                        clean.signalToNoise(answers),
                        clean.changedIn(answers),
                        answers.score());
            } catch (StageFailedException e) {
                if (!(e.getCause() instanceof EvaluationFailedException)) {
                    throw e;
                }
            } finally {
                workshop.discard(form.file());
            }
        }
        return new Blame.Node(node.name(), node.operator(), node.weights(), Double.NaN, clean.rows(), Double.NaN);
    }

    /** The passing form that leaves out the fewest of the worst nodes, as far as the trials reach. */
    private @Nullable Tried exclude(Rung rung, List<Blame.Node> worst, int all, List<Blame.Step> steps)
            throws InterruptedException, IOException {
        int most = Math.min(worst.size(), all - 1);
        int failing = 0;
        int next = 1;
        Tried passing = null;
        while (trials < budget && next > failing && next <= most) {
            Tried tried = without(rung, worst.subList(0, next), steps);
            if (tried.passes()) {
                if (passing != null) {
                    workshop.discard(passing.form());
                }
                passing = tried;
                most = next - 1;
            } else {
                workshop.discard(tried.form());
                failing = next;
                if (!tried.answersTooBadly()) {
                    break; // a form that is too large, say, does not shrink by leaving more of it as it was
                }
            }
            next = passing == null
                    ? Math.max(failing + 1, Math.min(2 * failing, most))
                    : failing + (most - failing + 1) / 2;
        }
        return passing;
    }

    private Tried without(Rung rung, List<Blame.Node> worst, List<Blame.Step> steps) throws InterruptedException {
        progress.step("quantising to " + rung.spelling() + " without the "
                + (worst.size() == 1 ? "worst node" : worst.size() + " worst nodes"));
        trials++;
        Tried tried = trial.run(rung, worst.stream().map(Blame.Node::name).toList());
        steps.add(new Blame.Step(worst.size(), tried.verdict(), tried.sentence()));
        return tried;
    }
}
