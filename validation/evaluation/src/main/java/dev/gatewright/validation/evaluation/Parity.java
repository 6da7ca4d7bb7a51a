// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Answering;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.evaluation.EvaluationRequest.OnnxModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far all outputs of a model are from those of the model that it was made of, on the same rows, whether they answer the task
 * or not.
 *
 * @param rows how many were compared
 * @param outputs one an output of the source, in its order
 * @param additional outputs that the source does not have
 * @param worstRows the rows whose answers to the task differ most, the worst first; none where an output does not answer it
 */
public record Parity(long rows, List<OutputParity> outputs, List<String> additional, List<RowDifference> worstRows) {
    /** Keeps its own copies. */
    public Parity {
        outputs = List.copyOf(outputs);
        additional = List.copyOf(additional);
        worstRows = List.copyOf(worstRows);
    }

    /**
     * Runs the model of {@code request} on all its rows and holds its outputs against those of {@code source}.
     *
     * @throws EvaluationFailedException if one of both cannot be had
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static Parity of(EvaluationRequest request, Answering source, EvaluationListener listener)
            throws InterruptedException {
        return Evaluator.failingAlike(() -> {
            try (DataFile data = request.rows().open()) {
                Model model = (Model) request.subject();
                ModelFile file = ModelFile.open(model.model().path(), RunPlans.limits(request));
                RowFields fields = RowFields.ofModel(request, model, file.description());
                Selection selection = Evaluator.select(data, fields.all());
                Comparing comparing = new Comparing(request, model, file, fields, selection, listener);
                Parity parity = comparing.against(source);
                data.verifyUnchanged();
                file.verifyUnchanged();
                return parity;
            }
        });
    }

    /** One pass over the rows. */
    private record Comparing(
            EvaluationRequest request,
            Model model,
            ModelFile file,
            RowFields fields,
            Selection selection,
            EvaluationListener listener) {
        Parity against(Answering source) throws InterruptedException {
            RunPlans plans = new RunPlans(request, fields, selection);
            int rows = RowShapes.batch(file.description());
            try (SourceSide other = source(source, plans, rows);
                    Side side = Side.start(
                            "the model",
                            file,
                            model.model(),
                            request,
                            plans.of(file).withSlots(1, 1));
                    RowReader reader = selection.open()) {
                ModelRunner runner = side.runner();
                Slot slot = runner.emptySlot();
                RowBlock block = SlotRows.block(selection, rows, fields, slot);
                Map<String, OutputDifference> differences = new LinkedHashMap<>();
                WorstRows worst = new WorstRows(request, fields, source, model.model());
                long done = 0;
                while (reader.read(block) > 0) {
                    SlotRows.fillStrings(fields, block, slot);
                    other.submit(block);
                    runner.submit(slot, block.rows());
                    runner.next();
                    List<TensorView> expected = other.answers(block);
                    List<TensorView> found = outputs(slot, runner.outputs());
                    compare(expected, found, block, differences);
                    worst.add(block, expected, found);
                    runner.release(slot);
                    done += block.rows();
                    listener.judged(done, selection.rowCount().orElse(0));
                }
                other.finish();
                return parity(done, differences, done == 0 ? List.of() : runner.outputs(), worst.rows());
            }
        }

        private static List<TensorView> outputs(Slot slot, List<TensorSpec> specs) {
            List<TensorView> views = new ArrayList<>();
            for (int i = 0; i < specs.size(); i++) {
                views.add(slot.output(i));
            }
            return views;
        }

        private static void compare(
                List<TensorView> source,
                List<TensorView> outputs,
                RowBlock block,
                Map<String, OutputDifference> differences) {
            for (TensorView expected : source) {
                String name = expected.spec().name();
                TensorView found = find(name, outputs);
                OutputDifference difference = differences.computeIfAbsent(
                        name, key -> new OutputDifference(key, OutputDifference.isFloat(expected)));
                if (found != null) {
                    difference.add(expected, found, block.firstRow(), block.rows());
                }
            }
        }

        private static @Nullable TensorView find(String name, List<TensorView> outputs) {
            return outputs.stream()
                    .filter(output -> output.spec().name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        private static Parity parity(
                long rows,
                Map<String, OutputDifference> differences,
                List<TensorSpec> outputs,
                List<RowDifference> worst) {
            List<String> names = outputs.stream().map(TensorSpec::name).toList();
            List<OutputParity> parities = new ArrayList<>();
            differences.forEach((name, difference) -> parities.add(
                    names.contains(name)
                            ? difference.parity()
                            : OutputParity.defective(
                                    name, "the model has no output '" + name + "'; its outputs are " + names)));
            List<String> additional = names.stream()
                    .filter(name -> !differences.containsKey(name))
                    .toList();
            return new Parity(rows, parities, additional, worst);
        }

        private SourceSide source(Answering source, RunPlans plans, int rows) {
            if (source instanceof RecordedModel recorded) {
                return new SourceSide.Recorded(recorded, rows);
            }
            OnnxModel onnx = (OnnxModel) source;
            ModelFile other = ModelFile.open(onnx.path(), RunPlans.limits(request));
            RowFields otherFields =
                    RowFields.ofModel(request, new Model(onnx, model.features(), model.missing()), other.description());
            if (!otherFields.features().equals(fields.features()) || RowShapes.batch(other.description()) != rows) {
                throw new EvaluationFailedException(
                        "the source's inputs have other types, sizes or batches than the model's", null);
            }
            return new SourceSide.Worker(
                    Side.start(
                            "the source", other, onnx, request, plans.of(other).withSlots(1, 1)),
                    fields);
        }
    }
}
