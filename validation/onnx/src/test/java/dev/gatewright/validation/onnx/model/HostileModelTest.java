// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile model is refused for its own reason, in bounded time and memory; its sound twin is accepted. */
class HostileModelTest {
    /** Filled before the first test: a file that was just written makes its reader wait for the clock's next tick. */
    @TempDir
    private static Path root;

    private static final List<Hazard> HAZARDS = new ArrayList<>();
    private static final Map<Hazard, Path> SOUND = new HashMap<>();
    private static final Map<Hazard, Path> HOSTILE = new HashMap<>();

    @BeforeAll
    static void layOut() throws IOException {
        for (Hazard hazard : hazards()) {
            Path folder = Files.createDirectory(root.resolve("hazard" + SOUND.size()));
            SOUND.put(hazard, hazard.sound().in(Files.createDirectory(folder.resolve("sound"))));
            HOSTILE.put(hazard, hazard.hostile().in(Files.createDirectory(folder.resolve("hostile"))));
        }
    }

    @AfterAll
    static void forget() {
        HAZARDS.clear();
        SOUND.clear();
        HOSTILE.clear();
    }

    static List<Hazard> hazards() throws IOException {
        if (HAZARDS.isEmpty()) {
            HAZARDS.addAll(all());
        }
        return HAZARDS;
    }

    static List<Hazard> all() throws IOException {
        List<Hazard> all = new ArrayList<>();
        all.addAll(FileHazards.all());
        all.addAll(WireHazards.all());
        all.addAll(NestingHazards.all());
        all.addAll(GraphHazards.all());
        all.addAll(OperatorHazards.all());
        all.addAll(TensorHazards.all());
        all.addAll(SparseHazards.all());
        all.addAll(LocationHazards.all());
        all.addAll(ExternalFileHazards.all());
        all.addAll(RangeHazards.all());
        all.addAll(MemoryHazards.all());
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hazards")
    void refuses(Hazard hazard) {
        assertThat(ModelFile.open(SOUND.get(hazard), hazard.limits())
                        .description()
                        .outputs())
                .isNotEmpty();

        RefusedModelException refused = Bounds.refusal(HOSTILE.get(hazard), hazard.limits());

        assertThat(refused).isNotNull();
        assertThat(refused.reason()).as("%s: %s", hazard, refused.getMessage()).isEqualTo(hazard.reason());
        assertThat(refused)
                .hasMessageStartingWith("Model '")
                .hasMessageContaining("' is refused: ")
                .hasMessageContaining(refused.where())
                .hasMessageContaining(refused.found())
                .hasMessageContaining(". Allowed: ")
                .hasMessageEndingWith(". Next: " + refused.nextStep() + ".")
                .hasMessageMatching("[^\\p{Cntrl}]*");
        assertThat(refused.getMessage()).hasSizeLessThan(2000);
    }

    @Test
    void knowsAtLeastFiveHundredHazardsByDifferentNames() throws IOException {
        Set<String> names = new HashSet<>();
        for (Hazard hazard : hazards()) {
            assertThat(names.add(hazard.name())).as(hazard.name()).isTrue();
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(500);
    }

    @Test
    void hasAHazardForEveryReason() throws IOException {
        Set<Refusal> covered = EnumSet.noneOf(Refusal.class);
        for (Hazard hazard : hazards()) {
            covered.add(hazard.reason());
        }
        // A file that changes under its reader is the matter of ModelFileTest.
        assertThat(covered).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Refusal.CHANGING)));
    }
}
