// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.RowBlock;
import org.jspecify.annotations.Nullable;

/** The other side of a comparison: it answers the blocks of rows that the candidate answers, in their order. */
sealed interface Opposite extends AutoCloseable permits WorkerOpposite, RecordedOpposite {
    /**
     * Hands the next block over.
     *
     * @throws ReferenceFailedException if it cannot answer any more
     */
    void submit(RowBlock block) throws InterruptedException;

    /**
     * Counts its answers to the oldest block that is not counted yet, beside the candidate's.
     *
     * @throws ReferenceFailedException if there are none
     */
    void score(Scoring scoring, RowBlock block, Answers candidate) throws InterruptedException;

    /**
     * Sees, when all blocks are counted, that there are no answers beyond them.
     *
     * @throws ReferenceFailedException if there are
     */
    void finish();

    /** Whether it gives scores, and not only classes; known once it has answered. */
    boolean hasScores();

    /** What ran; none where it answered somewhere else. */
    Evaluation.@Nullable ModelRun describe() throws InterruptedException;

    @Override
    void close();

    /** A failure while both were counted: the other side's own leaves the candidate to be judged alone. */
    static RuntimeException blame(RuntimeException e, String subject) {
        if (e instanceof BadAnswerException bad) {
            return bad.subject().equals(subject) ? new ReferenceFailedException(bad) : bad;
        }
        return e instanceof EvaluationFailedException ? new ReferenceFailedException(e) : e;
    }
}
