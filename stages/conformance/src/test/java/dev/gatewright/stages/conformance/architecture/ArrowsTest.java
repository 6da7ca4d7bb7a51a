// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import dev.gatewright.stages.api.StageName;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrows point one way: a stage, then stages/api, then validation. */
class ArrowsTest {
    private static final String JAVA = "java..";
    private static final String PLUGIN = "dev.gatewright.plugin..";
    private static final String NULLNESS = "org.jspecify..";

    @ParameterizedTest
    @EnumSource
    void stagesDoNotKnowEachOther(StageName stage) {
        String[] others = Arrays.stream(StageName.values())
                .filter(other -> other != stage)
                .map(other -> Naming.packageOf(other) + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(Naming.packageOf(stage) + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("stages meet through reports, so that each runs alone, on another machine or on another day")
                .allowEmptyShould(true) // a stage that is not there yet
                .check(Whole.modules());
    }

    @Test
    void validationDoesNotKnowStages() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.validation..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gatewright.stages..")
                .because("how a model is judged does not depend on who asks")
                .check(Whole.modules());
    }

    @Test
    void stagesApiKnowsOnlyMetrics() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.stages.api..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("stages.api", "validation.metrics"))
                .because("hosts depend on stages/api, and must not get models, data or stages with it")
                .check(Whole.modules());
    }

    @Test
    void whatStagesShareKnowsNoStage() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.stages.evaluation..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside(
                        "stages.evaluation",
                        "stages.api",
                        "validation.evaluation",
                        "validation.metrics",
                        "validation.data",
                        "validation.onnx",
                        "validation.sourcemodels",
                        "validation.endpoint"))
                .because("every stage that judges a model judges it alike, whichever stage it is")
                .check(Whole.modules());
    }

    @Test
    void gitKnowsNothingOfGatewright() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.stages.git..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("stages.git"))
                .because("the facts of a commit are read, not interpreted, there")
                .check(Whole.modules());
    }

    @Test
    void imagesKnowNoStageAndNoModel() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.stages.oci..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("stages.oci", "stages.api"))
                .because("an image is an image, whatever is in it and whoever asks")
                .check(Whole.modules());
    }

    @Test
    void runsAreCarriedByWhoeverKnowsNoStage() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.stages.store..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside(
                        "stages.store", "stages.api", "stages.oci", "validation.metrics", "validation.onnx.model"))
                .because("what travels follows from reports, whichever stage left them; no model is run for it")
                .check(Whole.modules());
    }

    @Test
    void anEngineKnowsNoStageAndNoModel() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.stages.docker..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("stages.docker", "stages.oci", "stages.api"))
                .because("stages and targets ask the same engine alike")
                .check(Whole.modules());
    }

    @Test
    void thePluginKnowsOnlyWhatIsForHosts() {
        noClasses()
                .that()
                .resideInAPackage(PLUGIN)
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("plugin", "stages.api", "validation.metrics"))
                .because("a host starts the program and reads its documents; how it judges is not done in Jenkins")
                .check(Whole.modules());
    }

    @Test
    void nothingKnowsThePlugin() {
        noClasses()
                .that()
                .resideOutsideOfPackage(PLUGIN)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PLUGIN)
                .because("Jenkins is one host among others")
                .check(Whole.modules());
    }

    @Test
    void metricsNeedTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("dev.gatewright.validation.metrics..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.gatewright.validation.metrics..", JAVA, NULLNESS)
                .because("whatever decides a verdict can be read in one place, and runs in any host")
                .check(Whole.modules());
    }

    @Test
    void dataAndModelsMeetInTheEvaluation() {
        for (String part : new String[] {"validation.metrics", "validation.data", "validation.onnx"}) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.gatewright." + part + "..")
                    .should()
                    .dependOnClassesThat(Naming.areOfGatewrightOutside(part))
                    .because("metrics, data and models are each of use alone; validation/evaluation puts them together")
                    .check(Whole.modules());
        }
    }

    @Test
    void evaluationKnowsItsThreeParts() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.validation.evaluation..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside(
                        "validation.evaluation", "validation.metrics", "validation.data", "validation.onnx"))
                .because("model, rows and gates are all that a judgement is made from")
                .check(Whole.modules());
    }

    @Test
    void sourceModelsKnowOnlyData() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.validation.sourcemodels..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("validation.sourcemodels", "validation.data"))
                .because("a source model is asked with rows, whatever its answers are held against")
                .check(Whole.modules());
    }

    @Test
    void endpointsAreAskedByWhoeverKnowsMetricsAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.validation.endpoint..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("validation.endpoint", "validation.metrics"))
                .because(
                        "a model behind a URL is a stranger: no model, no data file and no native code take part in asking it")
                .check(Whole.modules());
    }

    @Test
    void theQuantiserKnowsModelsAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatewright.validation.quantization..")
                .should()
                .dependOnClassesThat(Naming.areOfGatewrightOutside("validation.quantization", "validation.onnx"))
                .because("a smaller form is made from a model; whether it is good enough is judged elsewhere")
                .check(Whole.modules());
    }

    @Test
    void nothingKnowsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatewright.stages.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gatewright.stages.cli..")
                .because("the command line is one host among others")
                .check(Whole.modules());
    }

    @Test
    void theProgramDoesNotKnowTestKits() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gatewright.*.testkit..")
                .because("what is only for tests is not released")
                .check(Whole.program());
    }

    @Test
    void modulesAreFreeOfCycles() {
        slices().matching("dev.gatewright.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .because("a module is built after what it needs")
                .check(Whole.modules());
    }
}
