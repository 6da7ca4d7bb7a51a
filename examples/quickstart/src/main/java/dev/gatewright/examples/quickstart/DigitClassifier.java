// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.examples.quickstart;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A factorisation machine that tells the digit of an image: for each digit a linear model, and a product of two pixels
 * weighs as much as the 32 numbers that stand for each of them agree.
 *
 * @param model Tribuo's model, on pixels from 0 to 1
 * @param features names of the pixels, in the order in which they are given
 * @param classes the digits, in order
 */
record DigitClassifier(FMClassificationModel model, List<String> features, List<String> classes) {
    /** What a pixel is divided by. */
    static final float DARKEST = 16;

    static final int EPOCHS = 20;
    private static final int FACTORS = 32;
    private static final double LEARNING_RATE = 0.05;
    private static final double ADAGRAD_EPSILON = 0.1;
    private static final double INITIAL_VARIANCE = 0.1;
    private static final int NO_LOG = -1;

    static DigitClassifier train(LabelledImages images, long seed) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> dataset = new MutableDataset<>(new SimpleDataSourceProvenance("images", labels), labels);
        String[] names = images.features().toArray(String[]::new);
        for (int row = 0; row < images.size(); row++) {
            dataset.add(example(
                    names, images.pixels().get(row), new Label(images.digits().get(row))));
        }
        FMClassificationTrainer trainer = new FMClassificationTrainer(
                new LogMulticlass(),
                new AdaGrad(LEARNING_RATE, ADAGRAD_EPSILON),
                EPOCHS,
                NO_LOG,
                seed,
                FACTORS,
                INITIAL_VARIANCE);
        return new DigitClassifier(
                trainer.train(dataset),
                images.features(),
                images.digits().stream().distinct().sorted().toList());
    }

    private static ArrayExample<Label> example(String[] names, double[] pixels, Label label) {
        double[] scaled = Arrays.stream(pixels).map(pixel -> pixel / DARKEST).toArray();
        return new ArrayExample<>(label, names, scaled);
    }

    /** The probability of each of the classes, by Tribuo itself. */
    double[] probabilities(double[] pixels) {
        Map<String, Label> scores = model.predict(
                        example(features.toArray(String[]::new), pixels, LabelFactory.UNKNOWN_LABEL))
                .getOutputScores();
        return classes.stream()
                .mapToDouble(digit -> Objects.requireNonNull(scores.get(digit)).getScore())
                .toArray();
    }

    /** How well the probabilities fit the digits of {@code images}. */
    Fit fit(LabelledImages images) {
        int right = 0;
        double loss = 0;
        for (int row = 0; row < images.size(); row++) {
            double[] probabilities = probabilities(images.pixels().get(row));
            int digit = classes.indexOf(images.digits().get(row));
            int best = 0;
            for (int other = 1; other < probabilities.length; other++) {
                best = probabilities[other] > probabilities[best] ? other : best;
            }
            right += best == digit ? 1 : 0;
            loss -= StrictMath.log(probabilities[digit]);
        }
        return new Fit((double) right / images.size(), loss / images.size());
    }

    /**
     * A share of right answers, and the mean cross-entropy.
     *
     * @param accuracy from 0 to 1
     * @param loss in nats; infinite where a digit was held to be impossible
     */
    record Fit(double accuracy, double loss) {}
}
