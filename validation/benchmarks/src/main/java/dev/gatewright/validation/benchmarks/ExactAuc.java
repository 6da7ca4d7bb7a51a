// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.RankedScores;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** The area under the ROC curve of scores that are in memory, unsorted. */
final class ExactAuc implements Callable<Figures> {
    private final byte[] labels;
    private final float[] scores;

    /** Takes the labels and scores from the files of that folder. */
    ExactAuc(Path work) throws IOException {
        labels = Files.readAllBytes(work.resolve("labels.u8"));
        scores = new float[labels.length];
        ByteBuffer.wrap(Files.readAllBytes(work.resolve("scores.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(scores);
    }

    @Override
    public Figures call() {
        RankedScores ranked = new RankedScores(new ScoreMemory());
        for (int row = 0; row < scores.length; row++) {
            ranked.add(labels[row] == 1, scores[row]);
        }
        double area = Area.ROC.of(ranked);
        return new Figures(
                scores.length, "", List.of(new Figures.Found("roc_auc", area, Double.NaN, Double.NaN, false)));
    }
}
