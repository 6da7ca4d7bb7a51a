// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.stages.evaluation.FormJudgement;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.validation.evaluation.EvaluationFailedException;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.onnx.model.ModelChangedException;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.quantization.QuantizedModel;
import dev.gatewright.validation.quantization.QuantizedNode;
import dev.gatewright.validation.quantization.Quantizer;
import dev.gatewright.validation.quantization.UnquantizableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes forms of one model and judges them. What a form lacks is a gate that does not pass; what keeps any form from being made,
 * such as a full disk, ends the stage.
 */
final class Trial {
    private final ModelFile original;
    private final FormJudge judge;
    private final Calibration calibration;
    private final Workshop workshop;
    private final Set<String> alwaysExcluded;

    Trial(ModelFile original, FormJudge judge, Calibration calibration, Workshop workshop, Set<String> alwaysExcluded) {
        this.original = original;
        this.judge = judge;
        this.calibration = calibration;
        this.workshop = workshop;
        this.alwaysExcluded = Set.copyOf(alwaysExcluded);
    }

    /** A form that was written, or why it could not be. */
    sealed interface Made {}

    /** A form as it lies on the disk, read again. */
    record Form(ModelFile file, List<QuantizedNode> nodes) implements Made {}

    /** None; {@code why} completes "could not be judged: …". */
    record None(String why) implements Made {}

    /** Makes the form of {@code rung} without {@code excluded} and judges it by all gates. */
    Tried run(Rung rung, List<String> excluded) throws InterruptedException {
        Made made = make(rung, new HashSet<>(excluded));
        if (made instanceof None none) {
            return new Tried(
                    rung, excluded, List.of(), null, null, List.of(FormMeasure.QUANTISED_NODES.unjudged(none.why())));
        }
        Form form = (Form) made;
        List<GateResult> gates = new ArrayList<>();
        gates.add(FormMeasure.QUANTISED_NODES.judged(form.nodes().size()));
        if (form.nodes().isEmpty()) {
            return new Tried(rung, excluded, form.nodes(), form.file(), null, gates);
        }
        gates.add(FormMeasure.INTERFACE_CHANGES.judged(interfaceChanges(form.file())));
        try {
            FormJudgement judgement = judge.judge(form.file(), original);
            long rows = judgement.evaluation().rows().rows();
            gates.add(
                    rows == 0
                            ? FormMeasure.ANSWERED_ROWS.unjudged("there are no rows")
                            : FormMeasure.ANSWERED_ROWS.judged(rows));
            gates.add(originalChanges());
            gates.addAll(judgement.gates());
            return new Tried(rung, excluded, form.nodes(), form.file(), judgement, gates);
        } catch (StageFailedException e) {
            if (!(e.getCause() instanceof EvaluationFailedException)) {
                throw e; // the rows, or the original, are not what they were: no form can be judged
            }
            String why = String.valueOf(e.getMessage());
            gates.add(FormMeasure.ANSWERED_ROWS.unjudged(why));
            gates.add(originalChanges());
            gates.addAll(judge.unjudged("the quantised model gave no answers"));
            return new Tried(rung, excluded, form.nodes(), form.file(), null, gates);
        }
    }

    /** Writes the form of {@code rung} without {@code excluded} into a folder of its own, and reads it again. */
    Made make(Rung rung, Set<String> excluded) throws InterruptedException {
        Set<String> all = new HashSet<>(alwaysExcluded);
        all.addAll(excluded);
        try {
            Path into = workshop.newFolder(rung.mode().spelling()).resolve(Workshop.MODEL);
            QuantizedModel quantized = Quantizer.quantize(original, calibration.scheme(rung), all, into);
            return new Form(Workshop.open(into), quantized.nodes());
        } catch (UnquantizableModelException e) {
            return new None(String.valueOf(e.getMessage()));
        } catch (StageFailedException e) {
            if (!(e.getCause() instanceof EvaluationFailedException)) {
                throw e;
            }
            return new None("it could not be calibrated: " + e.getMessage());
        } catch (RefusedModelException e) {
            Workshop.throwIfInterrupted(e);
            return new None("what was written is no sound model: " + e.getMessage());
        } catch (ModelChangedException e) {
            throw changed(e);
        } catch (IOException e) {
            Workshop.throwIfInterrupted(e);
            throw new StageFailedException(
                    "the quantised model could not be written: " + Workshop.reason(e),
                    "see to that file or its disk, and start the stage again",
                    e);
        }
    }

    private GateResult originalChanges() throws InterruptedException {
        try {
            original.verifyUnchanged();
            return FormMeasure.ORIGINAL_CHANGES.judged(0);
        } catch (ModelChangedException e) {
            throw changed(e);
        }
    }

    private StageFailedException changed(ModelChangedException e) throws InterruptedException {
        String before = original.digest();
        String now =
                Files.exists(original.path()) ? ModelOfRun.open(original.path()).digest() : "gone";
        return new StageFailedException(
                "the model changed while it was quantised: its digest was " + before + " and is " + now,
                "let nobody write " + original.path() + " meanwhile, and start a new run",
                e);
    }

    private long interfaceChanges(ModelFile form) {
        ModelDescription before = original.description();
        ModelDescription after = form.description();
        return changes(before.inputs(), after.inputs()) + changes(before.outputs(), after.outputs());
    }

    private static long changes(List<ValueInfo> before, List<ValueInfo> after) {
        int both = Math.min(before.size(), after.size());
        long changes = (long) Math.max(before.size(), after.size()) - both;
        for (int i = 0; i < both; i++) {
            changes += before.get(i).equals(after.get(i)) ? 0 : 1;
        }
        return changes;
    }
}
