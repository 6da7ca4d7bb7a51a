// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.FakeStage;
import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the specs of tests: train-gate and evaluate-metrics are fakes, and the environment is made up. */
final class Specs {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MODEL", "build/model.onnx", "LEAST", "0.9", "EMPTY", "", "NESTED", "${env:MODEL}", "PLAIN_NULL", "null");

    private Specs() {}

    /** A reader that knows two stages. */
    static SpecReader reader() {
        return new SpecReader(stages(), source(true));
    }

    static List<Stage<?>> stages() {
        FakeStage.Work none = request -> {
            throw new IllegalStateException("a spec is only read here");
        };
        return List.of(new FakeStage(StageName.TRAIN_GATE, none), new FakeStage(StageName.EVALUATE_METRICS, none));
    }

    /** The variables of tests. */
    static Variables.Source source(boolean inRepository) {
        return new Variables.Source() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.ofNullable(ENVIRONMENT.get(name));
            }

            @Override
            public Optional<String> git(String fact) {
                return inRepository
                        ? Optional.of(fact.equals("commit") ? COMMIT : "v1.2-3-g0123456")
                        : Optional.empty();
            }
        };
    }

    /** The spec in {@code text}, or what is wrong with it. */
    static Spec read(Path folder, String text, String... settings) {
        try {
            return reader().read(Files.writeString(folder.resolve("gatewright.yaml"), text), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is wrong with the spec in {@code file}, in itself or for its stages. */
    static List<Problem> problems(SpecReader reader, Path file, List<String> settings) {
        try {
            Spec spec = reader.read(file, settings);
            Problems problems = new Problems();
            spec.stages().forEach(plan -> check(plan, spec, problems));
            return problems.errors();
        } catch (InvalidRequestException e) {
            return e.problems();
        }
    }

    private static <S> void check(StagePlan<S> plan, Spec spec, Problems problems) {
        plan.stage().check(plan.section(), spec, problems);
    }
}
