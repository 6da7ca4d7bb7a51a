// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.SourceRun;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.evaluation.OutputParity;
import dev.gatewright.validation.evaluation.Parity;
import dev.gatewright.validation.evaluation.Steadiness;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.OpsetImport;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.onnx.model.ValueType;
import dev.gatewright.validation.sourcemodels.FedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is wrong with the structure of an exported model, each in a sentence. None of it depends on a threshold. */
final class Defects {
    private static final String ONNX = "ai.onnx";

    private final List<String> found = new ArrayList<>();

    /** Its form alone: operator set, inputs and their types. */
    Defects form(ExportOnnxSection section, ModelDescription model, @Nullable SourceRun source) {
        for (OpsetImport opset : model.opsets()) {
            if (opset.domain().equals(ONNX) && section.opset() > 0 && opset.version() != section.opset()) {
                found.add("its operator set is " + opset.version() + ", and the spec asks for " + section.opset());
            }
        }
        if (source == null) {
            return this;
        }
        for (FedTensor fed : source.fed()) {
            for (ValueInfo input : model.inputs()) {
                if (input.name().equals(fed.name())
                        && input.type() instanceof ValueType.OfTensor tensor
                        && !isOf(fed.type(), tensor.element())) {
                    found.add("its input '" + fed.name() + "' takes "
                            + tensor.element().name().toLowerCase(Locale.ROOT) + ", and the source was fed "
                            + fed.type().numpyName());
                }
            }
        }
        return this;
    }

    private static boolean isOf(ElementType fed, dev.gatewright.validation.onnx.model.ElementType taken) {
        String name = switch (fed) {
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            default -> fed.name();
        };
        return taken.name().equals(name);
    }

    /** The names of the classes. */
    Defects classes(Spec spec, @Nullable SourceRun source) {
        List<String> ofSource = source == null ? List.of() : source.answer().classes();
        if (!ofSource.isEmpty() && !ofSource.equals(spec.model().classes())) {
            found.add("the source names its classes " + ofSource + ", and the spec "
                    + spec.model().classes() + "; write model.classes as the source has them");
        }
        return this;
    }

    /** Outputs that are not the source's. */
    Defects outputs(Parity parity) {
        for (OutputParity output : parity.outputs()) {
            if (output.defect() != null) {
                found.add(output.defect());
            }
        }
        return this;
    }

    /** Batches that it does not take. */
    Defects batches(ExportOnnxSection section, Steadiness steadiness) {
        found.addAll(steadiness.failures());
        if (steadiness.fixedBatch() > 0 && section.batch() == ExportOnnxSection.Batch.OPEN) {
            found.add("it takes batches of " + steadiness.fixedBatch()
                    + " and no others; export it with an open first axis, or write batch: fixed");
        }
        return this;
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
