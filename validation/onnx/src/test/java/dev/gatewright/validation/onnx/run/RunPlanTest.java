// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPlanTest {
    private static final RunPlan PLAN = RunPlan.of(Path.of("model.onnx"));

    @Test
    void isNotChangedByWhatIsMadeOfIt() {
        RunPlan other = PLAN.withDevice(Device.CUDA)
                .withThreads(3)
                .withSlots(4, 5)
                .withRowShape("x", 2, 3)
                .withRowShape("y");
        assertThat(PLAN).isEqualTo(RunPlan.of(Path.of("model.onnx")));
        assertThat(other.device()).isEqualTo(Device.CUDA);
        assertThat(other.threads()).isEqualTo(3);
        assertThat(other.slots()).isEqualTo(4);
        assertThat(other.batchesPerSlot()).isEqualTo(5);
        assertThat(other.rowShapes()).containsEntry("x", List.of(2, 3)).containsEntry("y", List.of());
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThatThrownBy(() -> PLAN.withThreads(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAN.withThreads(1025)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAN.withSlots(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAN.withSlots(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAN.withRowShape("x", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLimitsThatAreNone() {
        WorkerOptions options = WorkerOptions.of(List.of());
        assertThatThrownBy(() -> options.withMemoryBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withStartLimit(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withCallLimit(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
