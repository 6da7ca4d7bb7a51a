// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.cli.Door;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A green tick means that it was judged: no case passes, and each sound run does. */
@Tag("slow")
class ConformanceTest {
    private static final String ONLY = System.getProperty("gatewright.conformance.only", "");

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicNode> noBrokenEvidencePasses() {
        return Stream.of(Group.values())
                .map(group -> dynamicContainer(
                        group.title(),
                        Cases.ALL.stream()
                                .filter(each ->
                                        each.group() == group && each.name().contains(ONLY))
                                .map(each -> dynamicTest(each.name() + ": " + each.title(), () -> breaks(each)))));
    }

    @TestFactory
    Stream<DynamicNode> theSoundTwinOfEachCasePasses() {
        Set<Sound> twins = new LinkedHashSet<>();
        Cases.ALL.stream().filter(each -> each.name().contains(ONLY)).forEach(each -> twins.add(each.sound()));
        return twins.stream().map(sound -> dynamicTest(sound.name(), () -> passes(sound)));
    }

    @Test
    void holdsEnoughCasesInEveryGroup() {
        assertThat(Cases.ALL).hasSizeGreaterThanOrEqualTo(170);
        for (Group group : Group.values()) {
            assertThat(Cases.ALL).as(group.title()).anyMatch(each -> each.group() == group);
        }
    }

    @Test
    void namesEachCaseOnce() {
        assertThat(Cases.ALL).extracting(Case::name).doesNotHaveDuplicates();
        assertThat(Cases.ALL).extracting(Case::title).doesNotHaveDuplicates();
    }

    private static void breaks(Case broken) throws Exception {
        Processes processes = new Processes();
        Sandbox box = sandbox(broken.sound());
        List<StageName> trusted = new ArrayList<>();
        if (broken.moment() == Case.Moment.BETWEEN) {
            while (box.commands().size() > 1) {
                Door.Answer answer = box.runNext();
                assertThat(answer.exitCode())
                        .as("before it was broken: %s", answer.text())
                        .isZero();
            }
            trusted.addAll(broken.sound().stages());
            trusted.remove(broken.sound().lastStage());
        }
        broken.breakage().apply(box);
        Outcome outcome = new Outcome(broken, box, trusted, box.runNext());
        while (!box.commands().isEmpty()) {
            outcome = new Outcome(broken, box, trusted, box.runNext());
        }
        outcome.check();
        processes.checkNoneIsLeft(box);
    }

    private static void passes(Sound sound) throws Exception {
        Processes processes = new Processes();
        Sandbox box = sandbox(sound);
        while (!box.commands().isEmpty()) {
            Door.Answer answer = box.runNext();
            assertThat(answer.exitCode()).as(answer.text()).isZero();
        }
        Outcome.checkPassed(sound, box);
        processes.checkNoneIsLeft(box);
    }

    private static Sandbox sandbox(Sound sound) throws Exception {
        Sandbox box = new Sandbox(Files.createTempDirectory(folder, "run"), sound.commands());
        sound.files().accept(box);
        return box;
    }
}
