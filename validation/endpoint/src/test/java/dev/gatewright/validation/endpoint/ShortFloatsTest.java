// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floats of two bytes. */
class ShortFloatsTest {
    @Test
    void everyHalfAndBrainFloatComesBackAsItWas() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float half = ShortFloats.ofHalf((short) bits);
            float brain = ShortFloats.ofBrain((short) bits);
            assertThat(Float.isNaN(half) || ShortFloats.toHalf(half) == (short) bits)
                    .isTrue();
            assertThat(Float.isNaN(brain) || ShortFloats.toBrain(brain) == (short) bits)
                    .isTrue();
        }
        assertThat(ShortFloats.ofHalf(ShortFloats.toHalf(Float.NaN))).isNaN();
        assertThat(ShortFloats.ofBrain(ShortFloats.toBrain(Float.NaN))).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "1.00048828125, 3c00", // halfway, to even
        "1.0014648437500, 3c02", // halfway, to even
        "1.0005, 3c01",
        "65519.99, 7bff",
        "65520, 7c00",
        "-2.98023223876953125e-8, 8000", // half of the smallest, to even
        "8.940696716308594e-8, 0002" // one and a half of it
    })
    void halvesAreRoundedToNearestTiesToEven(float value, String bits) {
        assertThat(Integer.toHexString((ShortFloats.toHalf(value) & 0xffff) | 0x10000)
                        .substring(1))
                .isEqualTo(bits);
    }
}
