// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.evaluation.EvaluationSection;
import java.nio.file.Files;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names say what a thing is, and each name of a stage is guessed from the others. */
class NamesTest {
    /** What targets fill is named after them. */
    private static final String PORT = "dev.gatewright.stages.canarydeploy.port..";

    @Test
    void packagesAreNullMarked() {
        all(new AbstractClassesTransformer<JavaPackage>("packages") {
                    @Override
                    public Iterable<JavaPackage> doTransform(JavaClasses classes) {
                        return classes.stream()
                                .map(JavaClass::getPackage)
                                .distinct()
                                .toList();
                    }
                })
                .should(new ArchCondition<>("be @NullMarked") {
                    @Override
                    public void check(JavaPackage each, ConditionEvents events) {
                        boolean isMarked = each.isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                each, isMarked, each.getName() + (isMarked ? " is" : " is not") + " @NullMarked"));
                    }
                })
                .because("NullAway looks only into marked packages")
                .check(Whole.modules());
    }

    @Test
    void nothingIsNamedAfterItsBeingShared() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..common..", "..commons..", "..helper..", "..helpers..", "..misc..")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .because("such a name says nothing of what is in it, so that everything ends up there")
                .check(Whole.modules());
    }

    @ParameterizedTest
    @MethodSource("stages")
    void publicClassesOfAStageBearItsName(StageName stage) {
        classes()
                .that()
                .resideInAPackage(Naming.packageOf(stage) + "..")
                .and()
                .resideOutsideOfPackage(PORT)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .haveSimpleNameStartingWith(Naming.classPrefixOf(stage))
                .because("who knows the name of a stage knows where its code is")
                .check(Whole.program());
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStageHasAStageAndASection(StageName stage) {
        String prefix = Naming.packageOf(stage) + "." + Naming.classPrefixOf(stage);
        // The stages that make other forms of the model read the section of evaluate-metrics too.
        String section = stage == StageName.EVALUATE_METRICS ? EvaluationSection.class.getName() : prefix + "Section";

        assertThat(Whole.program().contain(section)).as(section).isTrue();
        assertThat(ServiceLoader.load(Stage.class))
                .filteredOn(each -> each.name() == stage)
                .singleElement()
                .extracting(each -> each.getClass().getName())
                .isEqualTo(prefix + "Stage");
    }

    @Test
    void theProgramOffersTheStagesThatThereAre() {
        assertThat(new TreeSet<>(Program.STAGES)).containsExactlyElementsOf(stages().toList());
    }

    /** The stages that have a module. */
    private static Stream<StageName> stages() {
        List<StageName> there = Stream.of(StageName.values())
                .filter(stage ->
                        Files.exists(Whole.ROOT.resolve(Naming.folderOf(stage)).resolve("pom.xml")))
                .toList();
        assertThat(there).isNotEmpty();
        return there.stream();
    }
}
