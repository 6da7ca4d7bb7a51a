// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A stage that breaks a promise fails exactly the tests that are about it. */
@Tag("slow")
class StageContractTest {
    static Stream<Arguments> broken() {
        return Stream.of(
                broken(
                        BrokenStages.Lenient.class,
                        "isNotEvaluatedWhereAnInputIsAFolder",
                        "isNotEvaluatedWhereAnInputIsEmpty",
                        "isNotEvaluatedWithoutAnyOneOfItsInputs",
                        "isNotEvaluatedOnOldEvidence"),
                broken(BrokenStages.Remembering.class, "isNotEvaluatedOnOldEvidence"),
                broken(BrokenStages.Hasty.class, "isNotEvaluatedWithoutAnyOneOfItsInputs"),
                broken(BrokenStages.Threaded.class, "judgesTheSameAlikeEverywhere"),
                broken(BrokenStages.Placed.class, "judgesTheSameAlikeEverywhere"),
                broken(BrokenStages.Timed.class, "judgesTheSameAlikeEverywhere", "runsAgainInTheSameRun"),
                broken(BrokenStages.Loud.class, "printsNothing"),
                broken(BrokenStages.Untidy.class, "leavesNothingRunning", "endsWhenItIsInterrupted"),
                broken(BrokenStages.Overwriting.class, "leavesItsInputsAsTheyWere", "runsAgainInTheSameRun"),
                broken(BrokenStages.Nameless.class, "leavesAReportOfTheFormat", "endsWhenItIsInterrupted"),
                broken(BrokenStages.Permissive.class, "refusesKeysThatItDoesNotKnow", "refusesToPassWithoutGates"),
                broken(BrokenStages.Hurried.class, "endsWhenItIsInterrupted"),
                broken(BrokenStages.Mistaken.class, "endsWhenItIsInterrupted"));
    }

    /** What broken stages leave behind. */
    @AfterEach
    void tidyUp() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(BrokenStages.LEFT_BEHIND))
                .forEach(Thread::interrupt);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void tellsWhichPromiseAStageBreaks(Class<?> contract, List<String> failing) {
        Set<String> failed = new TreeSet<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute().testEvents().failed().stream()
                .forEach(event ->
                        failed.add(event.getTestDescriptor().getDisplayName().replace("()", "")));

        assertThat(failed).containsExactlyInAnyOrderElementsOf(failing);
    }

    private static Arguments broken(Class<?> contract, String... failing) {
        return Arguments.of(contract, List.of(failing));
    }
}
