// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfTest {
    @Test
    void keepsEveryHalf() {
        for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
            double value = Half.value((short) bits);
            if (!Double.isNaN(value)) {
                assertThat(Half.of(value)).isEqualTo((short) bits);
            }
        }
        assertThat(Half.value(Half.of(Double.NaN))).isNaN();
    }

    @Test
    void roundsBetweenTwoHalvesToTheNearerAndTiesToTheEvenOne() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            double low = Half.value((short) bits);
            double high = Half.value((short) (bits + 1));
            double middle = (low + high) / 2;
            int even = bits % 2 == 0 ? bits : bits + 1;
            assertThat(Half.of(middle)).as("%s", middle).isEqualTo((short) even);
            assertThat(Half.of(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Half.of(-Math.nextUp(middle))).isEqualTo((short) (bits + 1 | 0x8000));
        }
    }

    @Test
    void knowsTheValuesOfTheStandard() {
        assertThat(Half.value((short) 0x3C00)).isEqualTo(1.0);
        assertThat(Half.value((short) 0x7BFF)).isEqualTo(65504.0);
        assertThat(Half.value((short) 0x0001)).isEqualTo(0x1p-24);
        assertThat(Half.value((short) 0x0400)).isEqualTo(0x1p-14);
        assertThat(Half.value((short) 0xFC00)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Half.of(65519.999)).isEqualTo((short) 0x7BFF);
        assertThat(Half.of(65520)).isEqualTo((short) 0x7C00);
        assertThat(Half.of(-0.0)).isEqualTo((short) 0x8000);
        assertThat(Half.of(Double.MIN_VALUE)).isEqualTo((short) 0);
    }
}
