// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.stream.Stream;

/** Rows that the training has seen, and training data that cannot tell. */
final class LeakageCases {
    private static final Group GROUP = Group.DATA;
    private static final String FILE = "data/train.csv";

    private LeakageCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(training());
    }

    private static Group.Table training() {
        return GROUP.on(Sounds.LEAKAGE)
                .add(
                        "training-has-the-rows",
                        "The training has seen some of the rows",
                        box -> box.append(FILE, "1.0,0.0,0.0\n"),
                        failed("leakage"))
                .add(
                        "training-missing",
                        "The training data is missing",
                        box -> box.delete(FILE),
                        notEvaluated("train.csv: found nothing, expected a data file"))
                .add(
                        "training-empty",
                        "The training data has no rows",
                        box -> box.write(FILE, "f0,f1,f2\n"),
                        notEvaluated("has no rows, so that nothing can be said of leakage"))
                .add(
                        "training-with-other-columns",
                        "The training data has fewer features",
                        box -> box.write(FILE, "f0,f1\n1.0,0.0\n"),
                        notEvaluated("takes 3 values a row"))
                .add(
                        "training-not-named",
                        "A gate asks for leakage, and no training data is named",
                        box -> box.editSpec("    training: train\n", ""),
                        refused("which the data set does not name"))
                .add(
                        "training-unknown",
                        "The training data's name is misspelled",
                        box -> box.editSpec("training: train\n", "training: trian\n"),
                        refused("did you mean 'train'?"))
                .add(
                        "training-is-itself",
                        "The rows are named as their own training data",
                        box -> box.editSpec("training: train\n", "training: holdout\n"),
                        refused("data has no other 'holdout'"));
    }
}
