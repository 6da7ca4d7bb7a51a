// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.canarydeploy.CanaryDeploySection.Step;
import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.stages.canarydeploy.port.Target;
import dev.gatewright.stages.canarydeploy.port.Traffic;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends the canary before and after each of its effects, and starts it again. */
class CanaryTest {
    private static final List<Step> STEPS = List.of(
            new Step(5, Duration.ofSeconds(1)),
            new Step(50, Duration.ofSeconds(1)),
            new Step(100, Duration.ofSeconds(1)));
    private static final URI URL = URI.create("http://127.0.0.1:1");

    @TempDir
    private Path folder;

    private MemoryTarget target = new MemoryTarget();

    @BeforeEach
    void begin() {
        target = new MemoryTarget();
    }

    /** The process is gone: nothing is taken back, and the next call is the next process's. */
    private static final class KilledError extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void goesThroughTheStepsAndEndsWithStableWarm() throws Exception {
        assertThat(canary(4, true).run(STEPS)).isTrue();

        assertThat(target.effects).containsExactly("start", "weigh 5", "weigh 50", "weigh 100");
        assertThat(phase()).isEqualTo(Journal.Phase.AT_FULL);
        assertThat(target.read().stable()).isNotNull();
    }

    @Test
    void aFirstReleaseGoesStraightToAll() throws Exception {
        target.hasStable = false;

        assertThat(canary(4, true).run(STEPS)).isTrue();

        assertThat(target.effects).containsExactly("start", "weigh 100");
    }

    @Test
    void anyJudgementThatDoesNotHoldEndsWithStable() throws Exception {
        for (int held = 0; held < 4; held++) {
            target = new MemoryTarget();

            assertThat(canary(held, true).run(STEPS)).as("after %d held", held).isFalse();

            assertThat(target.weight).isZero();
            assertThat(target.candidate).isNull();
            assertThat(target.effects).endsWith("roll back", "prove stable");
            assertThat(phase()).isEqualTo(Journal.Phase.ROLLED_BACK);
        }
    }

    @Test
    void anErrorAnywhereEndsWithStable() {
        for (int effect = 0; effect < 4; effect++) {
            target = new MemoryTarget();
            target.failsAt = effect;

            assertThatThrownBy(() -> canary(4, true).run(STEPS)).isInstanceOf(IllegalStateException.class);

            assertThat(target.weight).isZero();
            assertThat(phase()).isEqualTo(Journal.Phase.ROLLED_BACK);
        }
    }

    @Test
    void killedAtAnyEffectTheNextStartTakesTrafficBackFirstAndEndsWithAllOrNone() throws Exception {
        for (boolean holds : new boolean[] {true, false}) {
            for (boolean after : new boolean[] {true, false}) {
                for (int effect = 0; effect < 4; effect++) {
                    target = new MemoryTarget();
                    target.killedAt = effect;
                    target.killedAfter = after;
                    assertThatThrownBy(() -> canary(4, true).run(STEPS)).isInstanceOf(KilledError.class);
                    assertThat(phase().isUnfinished()).isTrue();
                    int givenBefore = target.weight;
                    assertThat(Journal.read(folder).orElseThrow().weight()).isGreaterThanOrEqualTo(givenBefore);
                    target.killedAt = -1;
                    target.effects.clear();

                    boolean deployed = canary(holds ? 4 : 2, true).run(STEPS);

                    assertThat(target.effects).startsWith("roll back", "start");
                    assertThat(deployed).isEqualTo(holds);
                    assertThat(target.weight).isEqualTo(holds ? 100 : 0);
                }
            }
        }
    }

    private Journal.Phase phase() {
        return Journal.read(folder).orElseThrow().phase();
    }

    /** A canary whose first {@code held} judgements hold. */
    private Canary canary(int held, boolean stableAnswers) {
        Journal journal = new Journal("1", "0".repeat(64), Journal.Phase.PREPARED, 0);
        return new Canary(target, folder, journal, new Canary.Trial() {
            private int judged;

            @Override
            public void start(Target where) {
                target.start();
            }

            @Override
            public void remember() {
                assertThat(target.candidate).isNull();
                assertThat(stableAnswers).isTrue();
            }

            @Override
            public boolean answersAsJudged() {
                return judged++ < held;
            }

            @Override
            public boolean holds(Step step) {
                assertThat(target.weight).isEqualTo(step.weight());
                return judged++ < held;
            }

            @Override
            public void proveStable() {
                assertThat(target.weight).isZero();
                target.effects.add("prove stable");
            }
        });
    }

    /** A target that fails, or whose caller is killed, before or after one of its effects. */
    private static final class MemoryTarget implements Target {
        private final List<String> effects = new ArrayList<>();
        private boolean hasStable = true;
        private @Nullable String candidate;
        private int weight;
        private int count;
        private int killedAt = -1;
        private boolean killedAfter;
        private int failsAt = -1;

        private void effect(String name, Runnable effect) {
            int number = count++;
            if (number == failsAt) {
                throw new IllegalStateException("the target fails");
            }
            if (number == killedAt && !killedAfter) {
                throw new KilledError();
            }
            effects.add(name);
            effect.run();
            if (number == killedAt) {
                throw new KilledError();
            }
        }

        void start() {
            effect("start", () -> candidate = "c");
        }

        @Override
        public State read() {
            return new State(
                    URL,
                    hasStable ? new Version("s", URL) : null,
                    Optional.ofNullable(candidate)
                            .map(digest -> new Version(digest, URL))
                            .orElse(null),
                    weight);
        }

        @Override
        public void start(ModelFile model, String name) {
            start();
        }

        @Override
        public void weigh(int percent) {
            effect("weigh " + percent, () -> weight = percent);
        }

        @Override
        public Map<Side, Traffic> traffic() {
            return Map.of();
        }

        @Override
        public void arm(Duration time) {}

        @Override
        public void rollBack() {
            effects.add("roll back");
            candidate = null;
            weight = 0;
        }

        @Override
        public void release() {}

        @Override
        public void close() {}
    }
}
