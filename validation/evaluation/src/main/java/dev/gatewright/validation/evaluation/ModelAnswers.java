// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model answered for the rows of a block. */
final class ModelAnswers implements Answers {
    private static final double SUM_TOLERANCE = 1e-3;
    private static final double RANGE_TOLERANCE = 1e-6;

    private final @Nullable TensorView scores;
    private final @Nullable TensorView predictions;
    private final Meaning meaning;
    private final long firstRow;
    private final double[] probabilities;
    private int probabilitiesOf = -1;

    /**
     * What the outputs mean.
     *
     * @param oneClass whether each row has exactly one class, and not any number of them
     * @param classIndex the position of each class by its name
     * @param byName whether an integer prediction spells a class's name, and not its position
     */
    record Meaning(
            String subject,
            List<String> classes,
            Map<String, Integer> classIndex,
            int positive,
            boolean logits,
            boolean byName,
            boolean oneClass) {
        static Meaning of(String subject, EvaluationRequest request, boolean logits) {
            List<String> classes = request.classes();
            Map<String, Integer> index = new java.util.HashMap<>();
            for (String name : classes) {
                index.put(name, index.size());
            }
            boolean allIntegers = classes.stream().allMatch(name -> name.matches("-?\\d{1,18}"));
            return new Meaning(
                    subject,
                    classes,
                    index,
                    request.positive() >= 0 ? request.positive() : 1,
                    logits,
                    allIntegers,
                    request.task().isOfOneClass());
        }
    }

    ModelAnswers(@Nullable TensorView scores, @Nullable TensorView predictions, Meaning meaning, long firstRow) {
        this.scores = scores;
        this.predictions = predictions;
        this.meaning = meaning;
        this.firstRow = firstRow;
        this.probabilities = new double[meaning.classes().size()];
    }

    @Override
    public int predictedClass(int row) {
        if (predictions == null) {
            return mostProbable(row);
        }
        checkFinite(row);
        return named(predictions, row);
    }

    @Override
    public boolean predicts(int row, int k) {
        if (predictions == null) {
            return probability(row, k) >= EVEN;
        }
        if (k == 0) {
            checkFinite(row);
        }
        long found = predictions.integer(row * meaning.classes().size() + k);
        if (found != 0 && found != 1) {
            throw new BadAnswerException(
                    meaning.subject(),
                    "output '" + predictions.spec().name() + "' of " + meaning.subject() + " is " + found + " in row "
                            + (firstRow + row) + " for class '"
                            + meaning.classes().get(k) + "'; expected 0 or 1");
        }
        return found == 1;
    }

    /** What is predicted comes from another output, but a model whose scores are no numbers has not answered. */
    private void checkFinite(int row) {
        if (scores != null) {
            int size = scores.spec().rowSize();
            for (int k = 0; k < size; k++) {
                finite(scores, row, row * size + k);
            }
        }
    }

    @Override
    public double probability(int row, int k) {
        if (probabilitiesOf != row) {
            computeProbabilities(row);
            probabilitiesOf = row;
        }
        return probabilities[k];
    }

    @Override
    public int classes() {
        return meaning.classes().size();
    }

    @Override
    public double score(int row, int k) {
        TensorView view = scores();
        int size = view.spec().rowSize();
        if (size == 1) {
            // A single score speaks for the positive class, and against it where it is negative.
            return k == meaning.positive() ? finite(view, row, row) : 0;
        }
        return finite(view, row, row * size + k);
    }

    @Override
    public boolean hasDecisionValues() {
        return scores != null && meaning.logits();
    }

    @Override
    public double number(int row) {
        return finite(scores(), row, row);
    }

    @Override
    public double epsilon() {
        if (meaning.logits()) {
            return Math.ulp(1.0);
        }
        return switch (scores().spec().type()) {
            case DOUBLE -> Math.ulp(1.0);
            case FLOAT16 -> 0x1p-10;
            case BFLOAT16 -> 0x1p-7;
            default -> Math.ulp(1.0f);
        };
    }

    @Override
    public boolean hasProbabilities() {
        return scores != null;
    }

    private int mostProbable(int row) {
        TensorView view = scores();
        int size = view.spec().rowSize();
        if (size == 1) {
            double score = finite(view, row, row);
            if (!meaning.logits()) {
                // A single logit that is taken for a probability would be decided at the wrong place.
                checkProbabilities(view, row);
            }
            double even = meaning.logits() ? 0 : 0.5;
            // On a tie the class that comes first, as numpy's argmax has it.
            return score == even ? 0 : score > even ? meaning.positive() : 1 - meaning.positive();
        }
        int best = 0;
        double highest = finite(view, row, row * size);
        for (int k = 1; k < size; k++) {
            double score = finite(view, row, row * size + k);
            if (score > highest) {
                highest = score;
                best = k;
            }
        }
        return best;
    }

    private int named(TensorView view, int row) {
        ElementType type = view.spec().type();
        String found = type == ElementType.STRING ? view.string(row) : Long.toString(view.integer(row));
        Integer index = meaning.classIndex().get(found);
        if (type != ElementType.STRING && !meaning.byName()) {
            long position = view.integer(row);
            index = position >= 0 && position < meaning.classes().size() ? (Integer) (int) position : null;
        }
        if (index == null) {
            throw new BadAnswerException(
                    meaning.subject(),
                    "output '" + view.spec().name() + "' of " + meaning.subject() + " is '" + found + "' in row "
                            + (firstRow + row) + ", which is none of the classes " + meaning.classes());
        }
        return index;
    }

    private void computeProbabilities(int row) {
        TensorView view = scores();
        int size = view.spec().rowSize();
        if (!meaning.logits()) {
            checkProbabilities(view, row);
        }
        if (size == 1) {
            double score = finite(view, row, row);
            double ofPositive = meaning.logits() ? sigmoid(score) : score;
            probabilities[meaning.positive()] = ofPositive;
            probabilities[1 - meaning.positive()] = 1 - ofPositive;
        } else {
            for (int k = 0; k < size; k++) {
                probabilities[k] = finite(view, row, row * size + k);
            }
            if (meaning.logits() && meaning.oneClass()) {
                softmax(probabilities);
            } else if (meaning.logits()) {
                Arrays.setAll(probabilities, k -> sigmoid(probabilities[k]));
            }
        }
    }

    private void checkProbabilities(TensorView view, int row) {
        int size = view.spec().rowSize();
        double sum = 0;
        for (int k = 0; k < size; k++) {
            double score = finite(view, row, row * size + k);
            if (score < -RANGE_TOLERANCE || score > 1 + RANGE_TOLERANCE) {
                throw noProbabilities(view, row, "holds " + score);
            }
            sum += score;
        }
        if (size > 1 && meaning.oneClass() && Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw noProbabilities(view, row, "sums to " + sum);
        }
    }

    private BadAnswerException noProbabilities(TensorView view, int row, String found) {
        return new BadAnswerException(
                meaning.subject(),
                "output '" + view.spec().name() + "' of " + meaning.subject() + " does not hold probabilities: row "
                        + (firstRow + row) + " " + found + "; if it holds logits, write model.scores-are: logits");
    }

    private static double sigmoid(double score) {
        return 1 / (1 + StrictMath.exp(-score));
    }

    private static void softmax(double[] scores) {
        double highest = scores[0];
        for (double score : scores) {
            highest = Math.max(highest, score);
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = StrictMath.exp(scores[k] - highest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
    }

    private double finite(TensorView view, int row, int element) {
        double value = view.real(element);
        if (!Double.isFinite(value)) {
            throw new BadAnswerException(
                    meaning.subject(),
                    "output '" + view.spec().name() + "' of " + meaning.subject() + " is " + value + " in row "
                            + (firstRow + row));
        }
        return value;
    }

    private TensorView scores() {
        if (scores == null) {
            throw new IllegalStateException("the model has no scores");
        }
        return scores;
    }
}
