// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.spec.Shapes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunIdTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:30:11.999Z");

    @Test
    void startsWithItsTimeAndIsAName() {
        assertThat(RunId.next(NOW)).matches("20261123-083011-[0-9a-f]{6}").matches(Shapes::isName);
        assertThat(RunId.next(NOW)).isLessThan(RunId.next(NOW.plusSeconds(1)));
    }

    @Test
    void differsFromAnotherOfTheSameMoment() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            ids.add(RunId.next(NOW));
        }

        assertThat(ids).hasSizeGreaterThan(18);
    }
}
