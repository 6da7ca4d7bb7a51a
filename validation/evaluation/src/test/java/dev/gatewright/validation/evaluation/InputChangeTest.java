// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputChangeTest {
    private static final int ROWS = 3;

    @Test
    void onlyAxesThatCanBeSwappedAre() {
        assertThat(InputChange.ofAxes("x", List.of(4))).isEmpty();
        assertThat(InputChange.ofAxes("x", List.of(4, 5))).isEmpty();
        assertThat(InputChange.ofAxes("x", List.of(4, 4))).hasSize(1);
        assertThat(InputChange.ofAxes("x", List.of(3, 8, 8)))
                .extracting(InputChange::words)
                .satisfiesExactly(
                        words -> assertThat(words).contains("axes 2 and 3 of input 'x' are swapped"),
                        words -> assertThat(words).contains("from channels last (NHWC) to channels first (NCHW)"),
                        words -> assertThat(words).contains("from channels first (NCHW) to channels last (NHWC)"));
    }

    /** Element by element, by the definition of both layouts. */
    @Seeded(cases = 30)
    void channelsGoWhereTheLayoutHasThem(Gen gen) {
        int channels = gen.integer(1, 4);
        int height = gen.integer(1, 5);
        int width = gen.integer(1, 5);
        float[] last = new float[ROWS * channels * height * width];
        float[] first = new float[last.length];
        for (int row = 0; row < ROWS; row++) {
            for (int c = 0; c < channels; c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        float value = (float) gen.unit();
                        last[((row * height + y) * width + x) * channels + c] = value;
                        first[((row * channels + c) * height + y) * width + x] = value;
                    }
                }
            }
        }

        assertThat(change(List.of(channels, height, width), "to channels first")
                        .feeding()
                        .apply(last))
                .containsExactly(first);
        assertThat(change(List.of(height, width, channels), "to channels last")
                        .feeding()
                        .apply(first))
                .containsExactly(last);
    }

    @Seeded(cases = 30)
    void aSwapUndoesItself(Gen gen) {
        int size = gen.integer(2, 4);
        List<Integer> shape = gen.shuffled(List.of(size, size, gen.integer(1, 5)));
        float[] rows = new float[ROWS * InputChange.width(shape)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) gen.unit();
        }

        InputChange swap = change(shape, "are swapped");

        assertThat(swap.feeding().apply(swap.feeding().apply(rows))).containsExactly(rows);
        assertThat(swap.feeding().apply(rows)).isNotEqualTo(rows);
    }

    private static InputChange change(List<Integer> shape, String words) {
        return InputChange.ofAxes("x", shape).stream()
                .filter(change -> change.words().contains(words))
                .findFirst()
                .orElseThrow();
    }
}
