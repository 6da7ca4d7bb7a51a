// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.StageName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A spec that was read whole and found without a problem in itself.
 *
 * @param file as the user named it
 * @param folder where relative paths start
 * @param data by name, in the order in which they were written
 * @param teacher what the candidate was distilled from; none where the spec names none
 * @param stages in the order in which they run
 * @param digest SHA-256 of the resolved spec's canonical JSON: with its variables and settings replaced
 * @param document the resolved spec
 */
public record Spec(
        Path file,
        Path folder,
        ModelSection model,
        Map<String, DataSection> data,
        BaselineSection baseline,
        @Nullable TeacherSection teacher,
        Device device,
        List<StagePlan<?>> stages,
        String digest,
        SpecNode document) {

    /** Keeps its own copies. */
    public Spec {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        stages = List.copyOf(stages);
    }

    /** Where a model runs. Anything but {@code auto} is a demand. */
    public enum Device {
        /** A GPU where there is one that works, else the processor; the report says which. */
        AUTO("auto"),
        /** The processor. */
        CPU("cpu"),
        /** An NVIDIA GPU through CUDA. */
        CUDA("cuda"),
        /** An NVIDIA GPU through TensorRT. */
        TENSORRT("tensorrt");

        private final String spelling;

        Device(String spelling) {
            this.spelling = spelling;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    /** The plan of a stage. */
    public Optional<StagePlan<?>> stage(StageName name) {
        for (StagePlan<?> plan : stages) {
            if (plan.stage().name() == name) {
                return Optional.of(plan);
            }
        }
        return Optional.empty();
    }

    /** {@code path} as the program opens it: from the spec's folder where it is relative. */
    public Path resolve(Path path) {
        return folder.resolve(path).normalize();
    }
}
