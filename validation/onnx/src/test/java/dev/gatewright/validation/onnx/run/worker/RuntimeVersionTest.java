// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeVersionTest {
    @Test
    void takesWhatIsNewEnough() {
        for (String version : List.of("1.24.1", "1.24.2", "1.25.0", "1.29.0", "1.100.0", "2.0.0", "1.24.1.1")) {
            assertThat(RuntimeVersion.isAccepted(version)).as(version).isTrue();
        }
    }

    @Test
    void refusesOlderOnesAndWhatIsNoVersion() {
        for (String version : List.of(
                "1.24.0", "1.23.9", "1.9.0", "0.99.99", "1.24.1-rc1", "1.24", "", "new", "1..9", "99999999.0.0")) {
            assertThat(RuntimeVersion.isAccepted(version)).as(version).isFalse();
        }
    }
}
