// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.run.DeclaredOutputs;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.TeacherSection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Holds the declared outputs, which are moved aside before the training, against the files that the spec names. */
final class OutputChecks {
    private OutputChecks() {}

    static void check(TrainGateSection section, Spec spec, Problems problems) {
        DeclaredOutputs outputs = section.declared(spec.folder());
        Path file = spec.file().toAbsolutePath().normalize();
        for (Placed<Path> output : section.outputs()) {
            Path place = spec.resolve(output.value());
            if (file.startsWith(place)) {
                problems.add(
                        output.place(),
                        "'" + output.value() + "' is the spec, or holds it",
                        "outputs: [build/model.onnx]");
            }
            TeacherSection teacher = spec.teacher();
            notThe("baseline", spec.baseline().path(), place, output, spec, problems);
            notThe("teacher", teacher == null ? null : teacher.path(), place, output, spec, problems);
        }
        spec.data().forEach((name, data) -> {
            if (outputs.include(spec.resolve(data.path().value()))) {
                problems.warn(
                        data.path().place(),
                        "the data set " + name
                                + " is an output of train-gate: it is moved aside, and the training writes the"
                                + " rows on which its model is judged");
            }
        });
        Placed<Path> model = spec.model().path();
        boolean judged = spec.stages().stream().anyMatch(plan -> plan.stage().name() != StageName.TRAIN_GATE);
        if (judged && model != null && !outputs.include(spec.resolve(model.value()))) {
            problems.warn(
                    model.place(),
                    "the model " + model.value() + " is no output of train-gate, so the next stages judge whatever lies"
                            + " there; if the training writes it, add it to train-gate.outputs");
        }
    }

    private static void notThe(
            String name, @Nullable Placed<Path> other, Path place, Placed<Path> output, Spec spec, Problems problems) {
        if (other != null && spec.resolve(other.value()).startsWith(place)) {
            problems.add(
                    output.place(),
                    "'" + output.value() + "' is the " + name
                            + ", or holds it: a training does not write what it is compared with",
                    "outputs: [build/model.onnx]");
        }
    }
}
