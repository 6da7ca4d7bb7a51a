// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.util.List;

/**
 * Whether a model answers the same rows alike: asked again, and in batches of other sizes.
 *
 * @param rows the first rows of the data that it was asked on
 * @param repeats the greatest difference between {@value #REPEATS} answers to the same rows; infinite where a text or NaN
 *     came and went
 * @param batches the greatest difference between answers in batches of 1, 2 and 7 rows and in one of all
 * @param fixedBatch the batch that the model takes and no other; 0 where it fixes none
 * @param failures why it does not run in batches of these sizes
 */
public record Steadiness(int rows, double repeats, double batches, int fixedBatch, List<String> failures) {
    static final int REPEATS = 3;

    private static final List<Integer> SIZES = List.of(1, 2, 7);

    /** Keeps its own copy. */
    public Steadiness {
        failures = List.copyOf(failures);
    }

    /**
     * Asks the model of {@code request} on the first rows.
     *
     * @throws EvaluationFailedException if it does not answer them in its usual batch
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static Steadiness of(EvaluationRequest request) throws InterruptedException {
        return Evaluator.failingAlike(() -> {
            try (FirstRows first = FirstRows.of(request)) {
                return of(first);
            }
        });
    }

    private static Steadiness of(FirstRows first) throws InterruptedException {
        int rows = first.rows();
        List<Object> answers = first.answers(rows);
        double repeats = 0;
        for (int repeat = 1; repeat < REPEATS; repeat++) {
            repeats = Math.max(repeats, difference(answers, first.answers(rows)));
        }
        if (first.fixesBatch()) {
            return new Steadiness(rows, repeats, 0, rows, List.of());
        }
        double batches = 0;
        for (int size : SIZES) {
            if (size > rows) {
                break;
            }
            try {
                batches = Math.max(batches, difference(answers, first.answers(size)));
            } catch (WorkerFailure e) {
                if (e.kind() == WorkerFailure.Kind.INTERRUPTED) {
                    throw e;
                }
                String failure = "it does not run with " + size + (size == 1 ? " row: " : " rows: ") + e.getMessage();
                return new Steadiness(rows, repeats, batches, 0, List.of(failure));
            }
        }
        return new Steadiness(rows, repeats, batches, 0, List.of());
    }

    /** The greatest difference of the second answers, which may be to fewer rows, from the first. */
    private static double difference(List<Object> first, List<Object> second) {
        double greatest = 0;
        for (int output = 0; output < second.size(); output++) {
            if (second.get(output) instanceof String[] texts) {
                String[] others = (String[]) first.get(output);
                for (int i = 0; i < texts.length; i++) {
                    greatest = texts[i].equals(others[i]) ? greatest : Double.POSITIVE_INFINITY;
                }
            } else {
                double[] numbers = (double[]) second.get(output);
                double[] others = (double[]) first.get(output);
                for (int i = 0; i < numbers.length; i++) {
                    boolean isSame = Double.doubleToLongBits(numbers[i]) == Double.doubleToLongBits(others[i]);
                    double difference = isSame ? 0 : Math.abs(numbers[i] - others[i]);
                    greatest = Math.max(greatest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
                }
            }
        }
        return greatest;
    }
}
