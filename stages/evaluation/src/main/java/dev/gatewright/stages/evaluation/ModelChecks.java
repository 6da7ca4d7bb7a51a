// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.TeacherSection;
import dev.gatewright.validation.onnx.model.ModelChangedException;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds a spec against the models that are there already; no native code sees them. */
final class ModelChecks {
    /** The metadata properties by which a model names its classes, and the features of its only input. */
    static final String CLASSES = "gatewright.classes";

    static final String FEATURES = "gatewright.features";

    private final Spec spec;
    private final TrainingOutputs outputs;
    private final Problems problems;

    ModelChecks(Spec spec, TrainingOutputs outputs, Problems problems) {
        this.spec = spec;
        this.outputs = outputs;
        this.problems = problems;
    }

    /** The model, if it is there and no training is going to write it; its inputs are held against the features. */
    Optional<OpenedModel> candidate(DataSection data) {
        Placed<Path> path = spec.model().path();
        if (path == null || outputs.hold(spec.resolve(path.value()))) {
            return Optional.empty();
        }
        Optional<OpenedModel> model = open(path).map(file -> new OpenedModel(file.description()));
        model.ifPresent(opened -> {
            inputs(opened, data);
            classes(opened, path.place());
        });
        return model;
    }

    /** The digests of the models that are compared with. */
    void others() {
        pinned(spec.baseline().path(), spec.baseline().digest());
        TeacherSection teacher = spec.teacher();
        if (teacher != null) {
            pinned(teacher.path(), teacher.digest());
        }
    }

    private void pinned(@Nullable Placed<Path> path, @Nullable Placed<String> pinned) {
        if (path == null || pinned == null) {
            return;
        }
        open(path).ifPresent(file -> {
            try {
                String digest = file.digest();
                if (!digest.equals(pinned.value())) {
                    problems.add(
                            pinned.place(),
                            path.value() + " has the digest " + digest + ", and the spec pins another one; put the"
                                    + " pinned model there, or pin this one if it is the one that is meant",
                            "digest: " + digest);
                }
            } catch (RefusedModelException | ModelChangedException e) {
                unreadable(path, e);
            }
        });
    }

    private Optional<ModelFile> open(Placed<Path> path) {
        Path file = spec.resolve(path.value());
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ModelFile.open(file, SafetyLimits.strict()));
        } catch (RefusedModelException | ModelChangedException e) {
            unreadable(path, e);
            return Optional.empty();
        }
    }

    private void unreadable(Placed<Path> path, RuntimeException e) {
        problems.warn(path.place(), "nothing will be judged with this model as it is now: " + e.getMessage());
    }

    private void inputs(OpenedModel model, DataSection data) {
        List<String> inputs = model.inputs();
        TreeSet<String> unfed = new TreeSet<>(inputs);
        unfed.removeAll(data.features().keySet());
        data.features().forEach((input, columns) -> {
            if (!inputs.contains(input)) {
                Optional<String> near = DidYouMean.nearest(input, unfed)
                        .or(() -> unfed.size() == 1 ? Optional.of(unfed.first()) : Optional.empty());
                problems.add(
                        columns.get(0).place(),
                        "the model has no input '" + input + "'" + DidYouMean.hint(input, inputs),
                        near.map(name -> "features: {" + name + ": "
                                        + ColumnChecks.shown(columns.stream()
                                                .map(Placed::value)
                                                .toList())
                                        + "}")
                                .orElse(null));
            }
        });
        if (data.features().keySet().stream().allMatch(inputs::contains)) {
            unfed.forEach(input -> problems.add(
                    data.place(),
                    "nothing feeds the model's input '" + input + "'",
                    "features: {" + input + ": [\"…\"]}"));
        }
    }

    private void classes(OpenedModel model, Place place) {
        String declared = model.description().metadata().get(CLASSES);
        List<String> classes = spec.model().classes();
        if (declared != null && !ColumnChecks.texts(declared).equals(Optional.of(classes))) {
            problems.add(
                    place,
                    "the model names its classes " + declared + ", and the spec " + ColumnChecks.shown(classes),
                    "classes: " + declared);
        }
    }
}
