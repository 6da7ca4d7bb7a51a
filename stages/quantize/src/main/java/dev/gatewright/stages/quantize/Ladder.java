// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.progress.Progress;
import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.quantization.QuantizedNode;
import dev.gatewright.validation.quantization.Quantizer;
import dev.gatewright.validation.quantization.UnquantizableModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rungs, tried in the written order until one passes. */
final class Ladder {
    private final QuantizeSection section;
    private final ModelFile original;
    private final FormJudge judge;
    private final Calibration calibration;
    private final Workshop workshop;
    private final Progress progress;
    private final Set<String> excluded;

    Ladder(
            QuantizeSection section,
            ModelFile original,
            FormJudge judge,
            Calibration calibration,
            Workshop workshop,
            Progress progress) {
        this.section = section;
        this.original = original;
        this.judge = judge;
        this.calibration = calibration;
        this.workshop = workshop;
        this.progress = progress;
        this.excluded = section.exclude().stream().map(Placed::value).collect(Collectors.toSet());
    }

    /**
     * A rung that was tried.
     *
     * @param blame the nodes that spoil it, where they were looked for
     */
    record Climbed(Tried tried, @Nullable Blame blame) {}

    /** All rungs that were tried, in their order; the last one passes if any does. Rungs with nothing to do are left out where the spec lets them be. */
    List<Climbed> climb() throws InterruptedException, IOException {
        checkExcluded();
        List<Climbed> climbed = new ArrayList<>();
        for (Rung rung : section.rungs()) {
            if (section.when() == QuantizeSection.When.QUANTISABLE && hasNothing(rung)) {
                continue;
            }
            Climbed last = climb(rung);
            climbed.add(last);
            if (last.tried().passes()) {
                break;
            }
        }
        return climbed;
    }

    private Climbed climb(Rung rung) throws InterruptedException, IOException {
        progress.step("quantising to " + rung.spelling());
        Trial trial = new Trial(original, judge, calibration, workshop, excluded);
        Tried tried = trial.run(rung, List.of());
        boolean mayBeMended = rung.mode().roundsValues() && tried.answersTooBadly();
        if (!mayBeMended || section.trials() == 0) {
            return new Climbed(tried, null);
        }
        BlameSearch.Found found =
                new BlameSearch(trial, judge, workshop, original, progress, section.trials()).search(tried);
        Tried passing = found.passing();
        if (passing != null) {
            workshop.discard(tried.form());
        }
        return new Climbed(passing == null ? tried : passing, found.blame());
    }

    private boolean hasNothing(Rung rung) throws IOException, InterruptedException {
        try {
            return candidates(rung).stream().allMatch(node -> excluded.contains(node.name()));
        } catch (UnquantizableModelException e) {
            return false; // its trial says why
        }
    }

    private List<QuantizedNode> candidates(Rung rung) throws IOException, InterruptedException {
        return Quantizer.candidates(original, calibration.scheme(rung));
    }

    /** A name that is spelled wrongly would leave a node to be quantised that its author wanted kept. */
    private void checkExcluded() throws IOException, InterruptedException {
        if (section.exclude().isEmpty()) {
            return;
        }
        Set<String> known = new TreeSet<>();
        for (Rung rung : section.rungs()) {
            try {
                candidates(rung).forEach(node -> known.add(node.name()));
            } catch (UnquantizableModelException e) {
                // its trial says why
            }
        }
        for (Placed<String> name : section.exclude()) {
            if (!known.contains(name.value())) {
                throw new StageFailedException(
                        "quantize.exclude names '" + name.value() + "', which is no node that would be quantised"
                                + DidYouMean.hint(name.value(), known),
                        "write the node's name as the model has it, or remove it",
                        null);
            }
        }
    }

    /**
     * The rung whose gates are the stage's: the one that passes; else, of those whose verdict all of them together have, the one
     * that came closest: one with answers before one without, then that with the fewest gates that do not hold.
     */
    static Optional<Climbed> taken(List<Climbed> climbed) {
        Verdict verdict = verdict(climbed);
        return climbed.stream()
                .filter(rung -> rung.tried().verdict() == verdict)
                .min(Comparator.comparing((Climbed rung) -> rung.tried().judgement() == null)
                        .thenComparing(rung -> rung.tried().obstacles().size()));
    }

    private static Verdict verdict(List<Climbed> climbed) {
        List<Verdict> verdicts =
                climbed.stream().map(rung -> rung.tried().verdict()).toList();
        return verdicts.contains(Verdict.PASSED) ? Verdict.PASSED : Verdict.combine(verdicts);
    }
}
