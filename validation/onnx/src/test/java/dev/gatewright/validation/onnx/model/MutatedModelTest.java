// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Damaged models are refused, or accepted; nothing else ever happens, in bounded time and memory. */
@Tag("slow")
class MutatedModelTest {
    private static final List<Hazard> HAZARDS = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void collect() throws IOException {
        HAZARDS.addAll(HostileModelTest.all());
    }

    @AfterAll
    static void forget() {
        HAZARDS.clear();
    }

    @Seeded(cases = 150)
    void isRefusedOrAccepted(Gen gen) throws IOException {
        for (Path mutant : Mutants.in(folder, HAZARDS, gen)) {
            RefusedModelException refusal = Bounds.refusal(mutant, SafetyLimits.strict());
            if (refusal != null) {
                assertThat(refusal).hasMessageContaining("' is refused: ").hasMessageMatching("[^\\p{Cntrl}]*");
            }
        }
    }
}
