// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {
    @Seeded(cases = 200)
    void readsEveryLong(Gen gen) {
        long number = gen.anyLong() >> gen.integer(0, 63);
        String text = (number >= 0 ? gen.oneOf("", "+") : "") + number;
        assertThat(WholeNumber.parse(text)).isEqualTo(BigInteger.valueOf(number));
        assertThat(fast(text)).isEqualTo(text.length() <= 18 ? number : WholeNumber.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+", "5.0", "5.", "1e3", "0x1", "--1", "1-", " 1", "1 ", "1_0", "١", "abc"})
    void takesNothingElseForANumber(String text) {
        assertThat(WholeNumber.parse(text)).isNull();
        assertThat(fast(text)).isEqualTo(WholeNumber.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000_000})
    void leavesNumbersThatFitNoTypeUnread(int digits) {
        assertThat(WholeNumber.parse("0".repeat(digits))).isNull();
        assertThat(fast("0".repeat(digits))).isEqualTo(WholeNumber.UNKNOWN);
    }

    private static long fast(String text) {
        byte[] bytes = ("7" + text + "8").getBytes(StandardCharsets.UTF_8);
        return WholeNumber.parse(bytes, 1, bytes.length - 1);
    }
}
