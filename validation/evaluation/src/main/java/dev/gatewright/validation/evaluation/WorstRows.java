// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.evaluation.EvaluationRequest.Answering;
import dev.gatewright.validation.evaluation.RowDifference.Answer;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that a model and its source answer most differently: those first whose class is another, then by how far
 * probabilities or numbers are apart, then by their place. Outputs that do not answer the task have no such rows; whoever judges
 * the task says why.
 */
final class WorstRows {
    static final int MOST = 10;

    private static final Comparator<RowDifference> WORST_FIRST = Comparator.comparing(
                    (RowDifference row) -> !row.changesLabel())
            .thenComparing(Comparator.comparingDouble(RowDifference::difference).reversed())
            .thenComparingLong(RowDifference::row);

    private final EvaluationRequest request;
    private final RowFields fields;
    private final Reading source;
    private final Reading exported;
    private final PriorityQueue<RowDifference> found = new PriorityQueue<>(WORST_FIRST.reversed());
    private boolean isOver;

    WorstRows(EvaluationRequest request, RowFields fields, Answering source, Answering exported) {
        this.request = request;
        this.fields = fields;
        this.source = new Reading("the source", source, request);
        this.exported = new Reading("the model", exported, request);
    }

    /** How one side's outputs become answers. */
    private static final class Reading {
        private final Answering model;
        private final EvaluationRequest request;
        private final ModelAnswers.Meaning meaning;
        private @Nullable OutputChoice choice;

        Reading(String subject, Answering model, EvaluationRequest request) {
            this.model = model;
            this.request = request;
            this.meaning = ModelAnswers.Meaning.of(subject, request, model.logits());
        }

        /** @throws EvaluationFailedException if no output answers the task */
        Answers answers(List<TensorView> outputs, long firstRow) {
            OutputChoice chosen = choice;
            if (chosen == null) {
                chosen = OutputChoice.of(
                        outputs.stream().map(TensorView::spec).toList(), model, request.task(), request.classes());
                choice = chosen;
            }
            return new ModelAnswers(
                    view(outputs, chosen.scores()), view(outputs, chosen.prediction()), meaning, firstRow);
        }

        private static @Nullable TensorView view(List<TensorView> outputs, int output) {
            return output == OutputChoice.NONE ? null : outputs.get(output);
        }
    }

    /** Takes the rows of a block in. */
    void add(RowBlock block, List<TensorView> ofSource, List<TensorView> ofExported) {
        if (isOver) {
            return;
        }
        try {
            Answers expected = source.answers(ofSource, block.firstRow());
            Answers answered = exported.answers(ofExported, block.firstRow());
            for (int row = 0; row < block.rows() && !isOver; row++) {
                add(block, row, expected, answered);
            }
        } catch (EvaluationFailedException | BadAnswerException e) {
            // A source that answers nothing is nothing to compare with: the judgement of the task names it.
            isOver = true;
        }
    }

    private void add(RowBlock block, int row, Answers expected, Answers answered) {
        Said before = said(expected, row);
        Said now = saidOrNothing(answered, row);
        RowDifference difference = new RowDifference(
                block.firstRow() + row,
                truth(block, row),
                before.answer,
                now == null ? null : now.answer,
                now == null ? Double.POSITIVE_INFINITY : before.apartFrom(now));
        if (difference.difference() == 0 && !difference.changesLabel()) {
            return;
        }
        found.add(difference);
        if (found.size() > MOST) {
            found.remove();
            // No later row is worse than ten that were not answered.
            isOver = found.element().exported() == null;
        }
    }

    private @Nullable Said saidOrNothing(Answers answers, int row) {
        try {
            return said(answers, row);
        } catch (BadAnswerException e) {
            return null;
        }
    }

    /** One side's answer; {@code numbers} are the probabilities of the classes, or the number, or none of both. */
    private static final class Said {
        private final Answer answer;
        private final double[] numbers;

        Said(Answer answer, double... numbers) {
            this.answer = answer;
            this.numbers = numbers;
        }

        double apartFrom(Said other) {
            if (numbers.length == 0 || other.numbers.length == 0) {
                return Objects.equals(answer.label(), other.answer.label()) ? 0 : 1;
            }
            double apart = 0;
            for (int i = 0; i < numbers.length; i++) {
                apart = Math.max(apart, Math.abs(numbers[i] - other.numbers[i]));
            }
            return apart;
        }
    }

    private Said said(Answers answers, int row) {
        if (!request.task().isClassification()) {
            double number = answers.number(row);
            return new Said(new Answer(null, number), number);
        }
        double[] probabilities = new double[answers.hasProbabilities() ? answers.classes() : 0];
        Arrays.setAll(probabilities, k -> answers.probability(row, k));
        if (!request.task().isOfOneClass()) {
            return new Said(new Answer(names(k -> answers.predicts(row, k)), Double.NaN), probabilities);
        }
        int predicted = answers.predictedClass(row);
        double score = probabilities.length == 0 ? Double.NaN : probabilities[predicted];
        return new Said(new Answer(request.classes().get(predicted), score), probabilities);
    }

    private String truth(RowBlock block, int row) {
        if (fields.label() instanceof Field.ClassLabel label) {
            return request.classes().get(block.codes(label)[row]);
        }
        if (fields.label() instanceof Field.Matrix matrix) {
            int classes = request.classes().size();
            return names(k -> block.memory(matrix).get(row * classes + k) != 0);
        }
        return Numbers.exact(block.numbers((Field.Scalar) fields.label())[row]);
    }

    private String names(IntPredicate isOne) {
        List<String> names = new ArrayList<>();
        for (int k = 0; k < request.classes().size(); k++) {
            if (isOne.test(k)) {
                names.add(request.classes().get(k));
            }
        }
        return names.isEmpty() ? "no class" : String.join(", ", names);
    }

    /** At most {@value #MOST} rows, the worst first. */
    List<RowDifference> rows() {
        return found.stream().sorted(WORST_FIRST).toList();
    }
}
