// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** Held against the definition: the nearest number that the type has, and of two the even one. */
class HalvesTest {
    @Test
    void everyHalfIsAFloatAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short half = (short) bits;
            assertThat(Float.isNaN(Halves.ofHalf(half))).isEqualTo((bits & 0x7C00) == 0x7C00 && (bits & 0x3FF) != 0);
            if (!Float.isNaN(Halves.ofHalf(half))) {
                assertThat(Halves.toHalf(Halves.ofHalf(half))).isEqualTo(half);
            } else {
                assertThat(Halves.ofHalf(Halves.toHalf(Halves.ofHalf(half)))).isNaN();
            }
        }
    }

    @Test
    void everyBrainFloatIsAFloatAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short brain = (short) bits;
            float value = Halves.ofBrain(brain);
            if (!Float.isNaN(value)) {
                assertThat(Halves.toBrain(value)).isEqualTo(brain);
            } else {
                assertThat(Halves.ofBrain(Halves.toBrain(value))).isNaN();
            }
        }
    }

    @Test
    void betweenTwoHalvesTheEvenOneIsTakenAndElseTheNearer() {
        for (int bits = 0; bits < 0x7C00; bits++) {
            double low = Halves.ofHalf((short) bits);
            double high = bits + 1 == 0x7C00 ? 65536 : Halves.ofHalf((short) (bits + 1));
            float middle = (float) ((low + high) / 2);
            int even = bits % 2 == 0 ? bits : bits + 1;
            assertThat(Halves.toHalf(middle)).isEqualTo((short) even);
            assertThat(Halves.toHalf(-middle)).isEqualTo((short) (even | 0x8000));
            assertThat(Halves.toHalf(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Halves.toHalf(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
        assertThat(Halves.toHalf(Float.MAX_VALUE)).isEqualTo((short) 0x7C00);
        assertThat(Halves.toHalf(Float.MIN_VALUE)).isZero();
        assertThat(Halves.toHalf(-0f)).isEqualTo((short) 0x8000);
    }

    @Seeded(cases = 20)
    void brainFloatsAreTheNearest(Gen gen) {
        for (int i = 0; i < 1000; i++) {
            float value = Float.intBitsToFloat((int) gen.anyLong());
            if (Float.isFinite(value) && Math.abs(value) < 0x1.FEp127) {
                int below = Float.floatToRawIntBits(value) >>> 16;
                double low = Halves.ofBrain((short) below);
                double high = Halves.ofBrain((short) (below + 1));
                double found = Halves.ofBrain(Halves.toBrain(value));
                double expected = Math.abs(value - low) == Math.abs(value - high)
                        ? (below % 2 == 0 ? low : high)
                        : Math.abs(value - low) < Math.abs(value - high) ? low : high;
                assertThat(found).isEqualTo(expected);
            }
        }
    }
}
