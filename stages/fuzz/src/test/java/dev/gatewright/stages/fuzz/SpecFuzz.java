// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.SpecReader;
import dev.gatewright.stages.api.spec.Variables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class SpecFuzz {
    private static final Scratch FILE = new Scratch(SpecReader.FILE_NAME);
    private static final SpecReader READER = new SpecReader(stages(), new Variables.Source() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.of("value");
        }

        @Override
        public Optional<String> git(String fact) {
            return Optional.empty();
        }
    });

    static Stream<byte[]> seeds() {
        return Stream.of("""
                        gatewright: 1
                        model: {name: digits, task: multiclass-classification, path: model.onnx, classes: ["0", "1"]}
                        data:
                          holdout: &rows {path: rows.csv, label: y, features: {x: "x*"}, slices: [w]}
                          again: *rows
                        baseline: {policy: last-promoted, otherwise: none}
                        stages:
                          evaluate-metrics:
                            data: holdout
                            gates:
                              - {metric: accuracy, min: 0.9, confidence: 0.95, slice: w, min-samples: 20}
                              - {metric: f1, average: macro, max-degradation: 0.01, against: baseline}
                        """, """
                        gatewright: 1
                        model: {name: "${env:NAME}", task: regression}
                        stages:
                          train-gate:
                            run: |
                              python train.py
                            metrics: {output: {loss: "loss {number}"}}
                            time-limit: 2h
                            gates:
                            - metric: loss
                              max: 3.5e-1
                        """).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 20_000)
    void isReadOrRefusedWithPlaces(byte[] bytes) {
        try {
            READER.read(FILE.with(bytes), List.of());
        } catch (InvalidRequestException e) {
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused, and nothing is said", e);
            }
            e.problems().forEach(problem -> Sentences.checkSeen(problem.toString()));
        }
    }

    private static List<Stage<?>> stages() {
        List<Stage<?>> stages = new ArrayList<>();
        for (Stage<?> stage : ServiceLoader.load(Stage.class)) {
            stages.add(stage);
        }
        return stages;
    }
}
