// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.stream.Stream;

/** Predictions that say nothing, or what no model can say. */
final class PredictionCases {
    private static final Group GROUP = Group.PREDICTIONS;
    private static final String FILE = "data/predictions.csv";

    private PredictionCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(classes(), scores(), decidedByScores(), numbers(), binary(), stages());
    }

    private static Group.Table classes() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "column-missing",
                        "The column with the predictions is missing",
                        box -> box.edit(FILE, "truth,predicted", "truth,guessed"),
                        refused("has no column 'predicted'"))
                .add(
                        "blank",
                        "A prediction is blank",
                        row("a,,0.8,0.1,0.1,ada"),
                        notEvaluated("column 'predicted': found an empty cell"))
                .add(
                        "nan",
                        "A prediction is NaN",
                        row("a,NaN,0.8,0.1,0.1,ada"),
                        notEvaluated("column 'predicted': found 'NaN'"))
                .add(
                        "unknown-class",
                        "A prediction is none of the classes",
                        row("a,z,0.8,0.1,0.1,ada"),
                        notEvaluated("column 'predicted': found 'z', expected one of the 3 classes"))
                .add(
                        "index-for-name",
                        "A prediction is a class's index and not its name",
                        row("a,0,0.8,0.1,0.1,ada"),
                        notEvaluated("column 'predicted': found '0'"))
                .add(
                        "log-loss-of-classes",
                        "A metric of probabilities is asked of predicted classes",
                        box -> box.editSpec(
                                "{metric: accuracy, min: 0.8, confidence: 0.95}", "{metric: log_loss, max: 9}"),
                        refused("log_loss needs probabilities"));
    }

    private static Group.Table scores() {
        return GROUP.on(Sounds.SCORES)
                .add(
                        "score-missing",
                        "One class's probability is missing",
                        box -> box.edit(FILE, "p_b,p_c", "p_b,q_c"),
                        refused("takes 3 values a row"))
                .add(
                        "scores-missing",
                        "No probability is there",
                        box -> box.edit(FILE, "p_a,p_b,p_c", "q_a,q_b,q_c"),
                        refused("that matches 'p_*'"))
                .add(
                        "score-nan",
                        "A probability is NaN",
                        row("a,a,NaN,0.1,0.1,ada"),
                        notEvaluated("column 'p_a': found 'NaN', expected a number"))
                .add(
                        "score-blank",
                        "A probability is blank",
                        row("a,a,,0.1,0.1,ada"),
                        notEvaluated("column 'p_a': found an empty cell, expected a number"))
                .add("score-infinite", "A probability is infinite", row("a,a,inf,0.1,0.1,ada"), notEvaluated("p"))
                .add(
                        "score-text",
                        "A probability is text",
                        row("a,a,high,0.1,0.1,ada"),
                        notEvaluated("column 'p_a': found 'high', expected a number"))
                .add(
                        "sum-above-one",
                        "The probabilities of a row sum to more than one",
                        row("a,a,0.9,0.9,0.9,ada"),
                        notEvaluated("the scores do not hold probabilities"))
                .add(
                        "sum-below-one",
                        "The probabilities of a row sum to less than one",
                        row("a,a,0.3,0.1,0.1,ada"),
                        notEvaluated("the scores do not hold probabilities"))
                .add(
                        "all-zero",
                        "All probabilities of a row are zero",
                        row("a,a,0,0,0,ada"),
                        notEvaluated("the scores do not hold probabilities"))
                .add(
                        "negative",
                        "A probability is negative, and the sum is one",
                        row("a,a,1.2,-0.1,-0.1,ada"),
                        notEvaluated("the scores do not hold probabilities"))
                .add(
                        "in-percent",
                        "The probabilities are written in percent",
                        row("a,a,80,10,10,ada"),
                        notEvaluated("the scores do not hold probabilities"));
    }

    private static Group.Table decidedByScores() {
        Sound sound = Sounds.SCORES.with(
                ", which only decide the class", box -> box.editSpec("\n      - {metric: log_loss, max: 0.6}", ""));
        return GROUP.on(sound)
                .add(
                        "decided-by-infinity",
                        "The class is decided by an infinite probability",
                        row("a,a,inf,0.1,0.1,ada"),
                        notEvaluated("p"))
                .add(
                        "decided-by-no-probabilities",
                        "The class is decided by numbers that are no probabilities",
                        row("a,a,7,2,1,ada"),
                        notEvaluated("the scores do not hold probabilities"));
    }

    private static Group.Table numbers() {
        return GROUP.on(Sounds.REGRESSION)
                .add(
                        "number-nan",
                        "A predicted number is NaN",
                        row("5,NaN"),
                        notEvaluated("column 'predicted': found 'NaN'"))
                .add(
                        "number-blank",
                        "A predicted number is blank",
                        row("5,"),
                        notEvaluated("column 'predicted': found an empty cell"))
                .add(
                        "number-infinite",
                        "A predicted number is infinite",
                        row("5,inf"),
                        notEvaluated("column 'predicted': found 'inf'"))
                .add(
                        "number-text",
                        "A predicted number is text",
                        row("5,five"),
                        notEvaluated("column 'predicted': found 'five'"))
                .add("target-nan", "A true number is NaN", row("NaN,5"), notEvaluated("column 'truth': found 'NaN'"))
                .add(
                        "target-infinite",
                        "A true number is infinite",
                        row("inf,5"),
                        notEvaluated("column 'truth': found 'inf'"))
                .add(
                        "square-too-large",
                        "The error is too large for a number",
                        row("1e200,-1e200"),
                        notEvaluated("its value is "));
    }

    private static Group.Table binary() {
        return GROUP.on(Sounds.BINARY)
                .add(
                        "no-positive-rows",
                        "No row is of the positive class",
                        box -> box.write(FILE, "truth,p_no,p_yes\nno,0.9,0.1\nno,0.8,0.2\n"),
                        notEvaluated("recall"))
                .add(
                        "above-one",
                        "A probability is above one",
                        row("yes,-0.5,1.5"),
                        notEvaluated("the scores do not hold probabilities"));
    }

    private static Group.Table stages() {
        return GROUP.between(Sounds.TRAINED_PREDICTIONS.byStage())
                .add(
                        "replaced-between-stages",
                        "The predictions of the training are replaced before they are judged",
                        box -> box.write(
                                "build/predictions.csv",
                                "truth,predicted,p_a,p_b,p_c,writer\n" + "a,a,1,0,0,ada\n".repeat(200)),
                        notEvaluated("build/predictions.csv is not the file of train-gate any more"))
                .add(
                        "gone-between-stages",
                        "The predictions of the training are gone before they are judged",
                        box -> box.delete("build/predictions.csv"),
                        notEvaluated("found nothing, expected a data file"));
    }

    private static Case.Breakage row(String cells) {
        return box -> box.append(FILE, cells + "\n");
    }
}
