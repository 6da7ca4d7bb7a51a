// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.SpecNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stages that break one promise each, with the tests that must tell. */
final class BrokenStages {
    /** The name of the threads that some of them leave behind. */
    static final String LEFT_BEHIND = "left behind";

    private BrokenStages() {}

    /** Takes missing rows for right ones. */
    static final class Lenient extends CountingContract {
        Lenient() {
            super(new CountingStage() {
                @Override
                List<String> rows(Path file, StageRequest request) {
                    try {
                        List<String> rows = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
                        return rows.isEmpty() ? List.of("right") : rows;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                List<Artifact> inputs(Path file, StageRequest request) {
                    return List.of();
                }
            });
        }
    }

    /** Keeps what it read, and reads it again in the next run. */
    static final class Remembering extends CountingContract {
        Remembering() {
            super(new CountingStage() {
                @Override
                List<String> rows(Path file, StageRequest request) throws InterruptedException {
                    try {
                        Path kept = request.folder().resolve("kept.txt");
                        if (!Files.exists(kept)) {
                            Files.write(kept, super.rows(file, request));
                        }
                        return Files.readAllLines(kept);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                List<Artifact> inputs(Path file, StageRequest request) {
                    return List.of();
                }
            });
        }
    }

    /** Refuses a spec whose files are not there yet. */
    static final class Hasty extends CountingContract {
        Hasty() {
            super(new CountingStage() {
                @Override
                public void check(Plan plan, Spec spec, Problems problems) {
                    if (!Files.exists(spec.resolve(plan.rows()))) {
                        problems.add(spec.model().place(), "there are no rows");
                    }
                }
            });
        }
    }

    /** Lets the number of threads into the judgement. */
    static final class Threaded extends CountingContract {
        Threaded() {
            super(changing((outcome, request) -> withFact(outcome, "threads", Json.of((long) request.threads()))));
        }
    }

    /** Lets the place of the run into the judgement. */
    static final class Placed extends CountingContract {
        Placed() {
            super(changing((outcome, request) ->
                    withFact(outcome, "folder", Json.of(request.folder().toString()))));
        }
    }

    /** Lets the time into the judgement. */
    static final class Timed extends CountingContract {
        Timed() {
            super(changing((outcome, request) ->
                    withFact(outcome, "now", Json.of(request.clock().instant().toString()))));
        }
    }

    /** Prints. */
    static final class Loud extends CountingContract {
        Loud() {
            super(changing((outcome, request) -> {
                System.out.println("counted");
                return outcome;
            }));
        }
    }

    /** Leaves a thread, a process and a temporary file behind. */
    static final class Untidy extends CountingContract {
        Untidy() {
            super(changing((outcome, request) -> {
                Thread thread = new Thread(
                        () -> {
                            try {
                                Thread.sleep(60_000);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        LEFT_BEHIND);
                thread.setDaemon(true);
                thread.start();
                startProcess();
                write(request.folder().resolve("rows.tmp"), "");
                return outcome;
            }));
        }
    }

    /** Writes over what it reads. */
    static final class Overwriting extends CountingContract {
        Overwriting() {
            super(changing((outcome, request) -> {
                write(request.spec().folder().resolve("rows.txt"), "right\n");
                return outcome;
            }));
        }
    }

    /** Leaves a value of no known name in its report. */
    static final class Nameless extends CountingContract {
        Nameless() {
            super(changing((outcome, request) -> new StageOutcome(
                    outcome.gates(),
                    outcome.metrics(),
                    List.of(new Artifact("", "rows.txt", 1, "none")),
                    outcome.outputs(),
                    outcome.facts(),
                    outcome.environment())));
        }
    }

    /** Takes an empty list of gates, and any key. */
    static final class Permissive extends CountingContract {
        Permissive() {
            super(new CountingStage() {
                @Override
                public Shape<Plan> shape() {
                    Key<String> surprise = Key.optional("surprise", Shapes.text(), "Anything.", "surprise: 1");
                    Key<Path> rows = Key.required("rows", Shapes.path(), "The rows.", "rows: rows.txt");
                    Key<List<GateRequest>> gates = Key.optional("gates", anyList(), "The gates.", "gates: []");
                    return new Section<>(
                            "evaluate-metrics",
                            List.of(rows, gates, surprise),
                            (values, problems) -> new Plan(values.need(rows), values.get(gates, List.of())));
                }
            });
        }

        private static Shape<List<GateRequest>> anyList() {
            return new Shape<>() {
                @Override
                public List<GateRequest> read(SpecNode node, Problems problems) {
                    return node instanceof SpecNode.Sequence sequence
                                    && sequence.items().isEmpty()
                            ? List.of()
                            : Shapes.listOf(GateRequest.SHAPE, false).read(node, problems);
                }

                @Override
                public Json schema() {
                    return Json.object().build();
                }
            };
        }
    }

    /** Leaves a process behind, but only when it is interrupted. */
    static final class Hurried extends CountingContract {
        Hurried() {
            super(new CountingStage() {
                @Override
                public StageOutcome run(Plan plan, StageRequest request) throws InterruptedException {
                    try {
                        return super.run(plan, request);
                    } catch (InterruptedException e) {
                        startProcess();
                        throw e;
                    }
                }
            });
        }
    }

    /** Takes an interrupt for a bad model. */
    static final class Mistaken extends CountingContract {
        Mistaken() {
            super(new CountingStage() {
                @Override
                public StageOutcome run(Plan plan, StageRequest request) {
                    try {
                        return super.run(plan, request);
                    } catch (InterruptedException e) {
                        return FakeStage.outcome(2000);
                    }
                }
            });
        }
    }

    private static void startProcess() {
        try {
            new ProcessBuilder("sleep", "60").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Change {
        StageOutcome apply(StageOutcome outcome, StageRequest request);
    }

    private static CountingStage changing(Change change) {
        return new CountingStage() {
            @Override
            public StageOutcome run(Plan plan, StageRequest request) throws InterruptedException {
                return change.apply(super.run(plan, request), request);
            }
        };
    }

    private static StageOutcome withFact(StageOutcome outcome, String name, Json value) {
        UnaryOperator<Json.Obj> adding = facts -> {
            Json.Builder builder = Json.object();
            facts.members().forEach(builder::put);
            return builder.put(name, value).build();
        };
        return new StageOutcome(
                outcome.gates(),
                outcome.metrics(),
                outcome.inputs(),
                outcome.outputs(),
                adding.apply(outcome.facts()),
                outcome.environment());
    }
}
