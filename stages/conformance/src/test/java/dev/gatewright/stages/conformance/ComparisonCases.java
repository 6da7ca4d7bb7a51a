// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.inconclusive;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;
import static dev.gatewright.validation.metrics.gate.Verdict.NOT_EVALUATED;
import static dev.gatewright.validation.metrics.gate.Verdict.PASSED;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.util.stream.Stream;

/** A baseline that cannot be had, is another one, or says nothing. */
final class ComparisonCases {
    private static final Group GROUP = Group.COMPARISON;
    private static final String CHAMPION = "champion/model.onnx";
    private static final String BOUND = "max-degradation: 0.01, against: baseline, confidence: 0.95";

    private ComparisonCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(
                teachers(),
                GROUP.on(Sounds.COMPARISON)
                        .add(
                                "missing",
                                "The champion's file is missing",
                                box -> box.delete(CHAMPION),
                                notEvaluated("baseline cannot be had: "))
                        .add(
                                "another-model",
                                "The champion's file is not the model that the spec pins",
                                box -> box.write(CHAMPION, Models.constant(0, 0, 1)),
                                refused("and the spec pins another one"))
                        .add(
                                "candidate-in-its-place",
                                "The candidate was copied over the champion",
                                box -> box.write(CHAMPION, Models.good()),
                                refused("and the spec pins another one"))
                        .add(
                                "digest-edited",
                                "The pinned digest is that of no file",
                                box -> box.editSpec(Models.digest(Models.worse()), "0".repeat(64)),
                                refused("and the spec pins another one"))
                        .add(
                                "truncated",
                                "The champion's file breaks off",
                                box -> box.truncate(CHAMPION, 60),
                                notEvaluated("baseline cannot be had: "))
                        .add(
                                "empty",
                                "The champion's file is empty",
                                box -> box.write(CHAMPION, ""),
                                notEvaluated("baseline cannot be had: "))
                        .add(
                                "other-inputs",
                                "The champion takes other inputs than the candidate",
                                champion(Onnx.softmaxClassifier(new float[4][3], new float[3])
                                        .toBytes()),
                                notEvaluated("baseline cannot be had: "))
                        .add(
                                "answers-nan",
                                "The champion answers NaN",
                                champion(Onnx.softmaxClassifier(new float[3][3], new float[] {Float.NaN, 0, 0})
                                        .toBytes()),
                                notEvaluated("baseline cannot be had: "))
                        .add(
                                "other-classes",
                                "The champion has two classes, the candidate three",
                                champion(Onnx.softmaxClassifier(new float[3][2], new float[2])
                                        .toBytes()),
                                notEvaluated("baseline cannot be had: "))
                        .add(
                                "only-the-comparison-is-lost",
                                "The champion is missing, and a gate that compares nothing passes",
                                box -> {
                                    box.editSpec(
                                            "{metric: accuracy, " + BOUND + "}",
                                            "{metric: accuracy, min: 0.8}\n      - {metric: accuracy, " + BOUND + "}");
                                    box.delete(CHAMPION);
                                },
                                notEvaluated("baseline cannot be had: ").gates(PASSED, NOT_EVALUATED))
                        .add(
                                "percent-of-zero",
                                "The champion gets no row right, and a percentage of that is asked",
                                box -> {
                                    champion(Models.constant(0, 0, 1)).apply(box);
                                    box.write(
                                            "data/holdout.csv", "f0,f1,f2,truth,writer\n" + "1,0,0,a,ada\n".repeat(60));
                                    box.editSpec(BOUND, "max-degradation-percent: 5");
                                },
                                notEvaluated("accuracy"))
                        .add(
                                "worse",
                                "The candidate is clearly worse than the champion",
                                box -> box.write("build/model.onnx", Models.constant(1, 0, 0)),
                                failed("is above max-degradation 0.01"))
                        .add(
                                "a-little-worse-perhaps",
                                "The candidate differs from the champion in few rows",
                                box -> {
                                    champion(Models.good()).apply(box);
                                    box.write("build/model.onnx", Models.shifted());
                                    box.write(
                                            "data/holdout.csv",
                                            Rows.holdout() + "1,1.2,0,b,ada\n1.2,1,0,a,ada\n".repeat(4));
                                },
                                inconclusive("cannot decide max-degradation 0.01"))
                        .add(
                                "the-same-model",
                                "The candidate is the champion, and an improvement is asked",
                                box -> {
                                    champion(Models.good()).apply(box);
                                    box.editSpec(BOUND, "min-improvement: 0.01");
                                },
                                failed("min-improvement 0.01"))
                        .add(
                                "too-little-better",
                                "The candidate is better than the champion, and by less than is asked",
                                box -> box.editSpec(BOUND, "min-improvement: 0.9"),
                                failed("min-improvement 0.9"))
                        .add(
                                "no-rows-to-compare-on",
                                "There are no rows to compare on",
                                box -> box.write("data/holdout.csv", "f0,f1,f2,truth,writer\n"),
                                notEvaluated("no rows")));
    }

    private static Group.Table teachers() {
        String teacher = "teacher/model.onnx";
        return GROUP.on(Sounds.TEACHER)
                .add(
                        "teacher-missing",
                        "The teacher's file is missing",
                        box -> box.delete(teacher),
                        notEvaluated("teacher cannot be had: "))
                .add(
                        "another-teacher",
                        "The teacher's file is not the model that the spec names",
                        box -> box.write(teacher, Models.constant(0, 0, 1)),
                        refused("and the spec pins another one"))
                .add(
                        "another-answer-than-the-teacher",
                        "The student says something else than its teacher",
                        box -> box.write("build/model.onnx", Models.constant(1, 0, 0)),
                        failed("agreement with teacher"));
    }

    /** Another champion, pinned rightly. */
    private static Case.Breakage champion(byte[] model) {
        return box -> {
            box.write(CHAMPION, model);
            box.editSpec(Models.digest(Models.worse()), Models.digest(model));
        };
    }
}
