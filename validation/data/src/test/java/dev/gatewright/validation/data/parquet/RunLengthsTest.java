// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.Arrays;

class RunLengthsTest {
    private static final int EIGHTS = 20;

    @Seeded(cases = 20)
    void unpacksNumbersOfEveryWidthHoweverManyAreTakenAtATime(Gen gen) {
        for (int width = 1; width <= Integer.SIZE; width++) {
            int[] numbers = new int[8 * EIGHTS];
            byte[] packed = new byte[1 + EIGHTS * width + LittleEndian.SLACK];
            packed[0] = EIGHTS << 1 | 1;
            for (int i = 0; i < numbers.length; i++) {
                for (int bit = 0; bit < width; bit++) {
                    if (gen.chance(0.5)) {
                        int at = i * width + bit;
                        numbers[i] |= 1 << bit;
                        packed[1 + at / 8] |= (byte) (1 << at % 8);
                    }
                }
            }

            RunLengths runs = new RunLengths(packed, 0, 1 + EIGHTS * width, width);
            int[] unpacked = new int[numbers.length];
            for (int done = 0; done < unpacked.length; ) {
                int[] some = new int[Math.min(gen.integer(1, 9), unpacked.length - done)];
                runs.take(some, some.length);
                System.arraycopy(some, 0, unpacked, done, some.length);
                done += some.length;
            }

            assertThat(unpacked).as(() -> Arrays.toString(packed)).isEqualTo(numbers);
        }
    }
}
