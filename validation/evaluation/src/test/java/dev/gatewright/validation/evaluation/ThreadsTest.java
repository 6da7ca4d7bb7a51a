// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judgement does not depend on how many batches run at once, nor on which run it is. */
class ThreadsTest {
    @Test
    void oneThreadAndTwoJudgeTheSameToTheBit(@TempDir Path folder) throws InterruptedException {
        Path data = LabelledRows.random(new Gen(7), 9000).writeTo(folder.resolve("rows.csv"));
        Judging judging = Judging.model(Models.favouring(folder, 100), data)
                .slices("writer")
                .against(Models.favouring(folder, 300), null)
                .gates(
                        Gates.min(Gates.ACCURACY, 0.7),
                        Gates.max(Gates.LOG_LOSS, 0.7),
                        Gates.notWorse(Gates.ACCURACY, 0.01),
                        Gates.notWorse(Gates.MACRO_F1, 0.01),
                        Gates.notWorse(Gates.LOG_LOSS, 0.01),
                        Gates.onSlices(Gates.ACCURACY, "writer", 0.7));

        Evaluation one = judging.threads(1).judge();
        Evaluation two = judging.threads(2).judge();
        Evaluation again = judging.threads(2).judge();

        assertThat(one.model().device().threads()).isEqualTo(1);
        assertThat(two.model().device().threads()).isEqualTo(2);
        assertThat(Results.toTheBit(two)).isEqualTo(Results.toTheBit(one)).contains("95% CI");
        assertThat(Results.toTheBit(again)).isEqualTo(Results.toTheBit(one));
    }
}
