// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WeightedChoiceTest {
    @Test
    void givesOfAnyNumberOfRequestsTheShareRoundedDown() {
        for (int weight = 0; weight <= 100; weight++) {
            WeightedChoice choice = new WeightedChoice(weight);
            long candidates = 0;
            for (int asked = 1; asked <= 250; asked++) {
                candidates += choice.nextIsCandidate() ? 1 : 0;
                assertThat(candidates).as("of %d at %d%%", asked, weight).isEqualTo(asked * weight / 100);
            }
        }
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WeightedChoice(101));
        assertThatIllegalArgumentException().isThrownBy(() -> new WeightedChoice(-1));
    }

    @Test
    void timesAreKeptToWithinOnePercent() {
        for (long nanos = 1; nanos < 1L << 50; nanos = nanos * 17 / 16 + 1) {
            assertThat((double) SideCounts.rounded(nanos)).isBetween(0.99 * nanos, 1.01 * nanos);
        }
    }
}
