// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.RowBlock;
import org.jspecify.annotations.Nullable;

/** A model that answered the same rows somewhere else. */
final class RecordedOpposite implements Opposite {
    private final String subject;
    private final RecordedAnswers recorded;

    RecordedOpposite(String subject, RecordedAnswers recorded) {
        this.subject = subject;
        this.recorded = recorded;
    }

    /** It has answered already. */
    @Override
    public void submit(RowBlock block) {}

    @Override
    public void score(Scoring scoring, RowBlock block, Answers candidate) {
        try {
            scoring.add(block, candidate, recorded.next(block));
        } catch (BadAnswerException | EvaluationFailedException e) {
            throw Opposite.blame(e, subject);
        }
    }

    @Override
    public void finish() {
        try {
            recorded.finish();
        } catch (EvaluationFailedException e) {
            throw new ReferenceFailedException(e);
        }
    }

    @Override
    public boolean hasScores() {
        return recorded.hasScores();
    }

    @Override
    public Evaluation.@Nullable ModelRun describe() {
        return null;
    }

    @Override
    public void close() {
        recorded.close();
    }
}
