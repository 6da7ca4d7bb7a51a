// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.tally.ClassTally;
import dev.gatewright.validation.testkit.Gen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row is judged once, wherever batches and blocks of rows begin and end. */
class RowBordersTest {
    @TempDir
    Path folder;

    // A batch is the model's fixed axis, or 64 rows; a block of such narrow rows is 64 batches.
    @ParameterizedTest
    @CsvSource({
        "N, 1",
        "N, 63",
        "N, 64",
        "N, 65",
        "N, 1023",
        "N, 1024",
        "N, 1025",
        "N, 4095",
        "N, 4096",
        "N, 4097",
        "N, 12289",
        "1, 1",
        "1, 63",
        "1, 64",
        "1, 65",
        "1, 193",
        "7, 6",
        "7, 7",
        "7, 447",
        "7, 448",
        "7, 449",
        "16, 1",
        "16, 1023",
        "16, 1024",
        "16, 1025"
    })
    void everyRowIsAnsweredOnceByAModel(String batch, int count) throws InterruptedException {
        LabelledRows rows = LabelledRows.random(new Gen(count), count);
        Path data = rows.writeTo(folder.resolve("rows.csv"));
        List<Long> heard = new ArrayList<>();

        Evaluation evaluation = Judging.model(Models.largest(folder, batch), data)
                .slices("writer")
                .judge((judged, total) -> heard.add(judged));

        assertThat(confusion(evaluation.classes())).isDeepEqualTo(rows.confusion(0));
        assertThat(evaluation.rows().rows()).isEqualTo(count);
        rows.rows().stream()
                .map(LabelledRows.Row::writer)
                .distinct()
                .forEach(writer -> assertThat(evaluation.slices().get("writer"))
                        .containsEntry(writer, (long) rows.of(writer).rows().size()));
        assertThat(heard).isSorted().endsWith((long) count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 1023, 1024, 1025, 4095, 4096, 4097, 8192, 8193, 12_288, 12_289, 40_000})
    void everyRowOfAPredictionsFileIsCountedOnce(int count) throws InterruptedException {
        LabelledRows rows = LabelledRows.random(new Gen(count), count);
        Path data = rows.writeTo(folder.resolve("rows.csv"));

        Evaluation evaluation = Judging.predictions(data, "said").judge();

        assertThat(confusion(evaluation.classes())).isDeepEqualTo(rows.confusion(0));
        assertThat(evaluation.rows().rows()).isEqualTo(count);
    }

    private static long[][] confusion(ClassTally tally) {
        long[][] counts = new long[tally.sets().classes()][tally.sets().classes()];
        for (int label = 0; label < tally.sets().classes(); label++) {
            for (int answer = 0; answer < tally.sets().classes(); answer++) {
                counts[label][answer] = tally.rows(label, answer);
            }
        }
        return counts;
    }
}
