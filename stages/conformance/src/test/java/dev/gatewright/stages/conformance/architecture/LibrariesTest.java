// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A heavy library lives in one place. */
class LibrariesTest {
    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ai.onnxruntime..      | dev.gatewright.validation.onnx.run.worker.. | native code runs in processes of its own; the program never has this jar
            com.google.protobuf.. | dev.gatewright.validation.onnx.model..      | models are hostile input, and this reader checks before it allocates
            io.airlift.compress.. | dev.gatewright.validation.data..            | compressed data are hostile input; who reads them bounds them
            org.HdrHistogram..    | dev.gatewright.validation.endpoint..        | latencies are kept in one place, and read from it as plain numbers
            org.eclipse.jgit..    | dev.gatewright.stages.git..                 | repositories are hostile input; all others see facts alone
            org.snakeyaml..       | dev.gatewright.stages.api.spec..            | specs have one reader, within bounds and with places
            com.github.dockerjava.. | dev.gatewright.stages.docker..          | an engine is root's; what it is asked for is in one place
            org.eclipse.jetty..   | dev.gatewright.stages.modelserver..         | only the model server listens
            hudson..              | dev.gatewright.plugin..                     | Jenkins is one host among others
            jenkins..             | dev.gatewright.plugin..                     | Jenkins is one host among others
            org.jenkinsci..       | dev.gatewright.plugin..                     | Jenkins is one host among others
            org.kohsuke..         | dev.gatewright.plugin..                     | Jenkins is one host among others
            picocli..             | dev.gatewright.stages.cli..                 | only the command line parses arguments
            """)
    void hasOneHome(String library, String home, String reason) {
        assertThat(Whole.program().stream()
                        .filter(type -> PackageMatcher.of(home).matches(type.getPackageName())))
                .as("classes of the home that use the library")
                .anyMatch(type -> uses(type, library));
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(reason)
                .check(Whole.program());
    }

    @Test
    void jacksonHasItsHomes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.gatewright.stages.api.json..",
                        "dev.gatewright.stages.modelserver..",
                        "dev.gatewright.validation.data.jsonl..",
                        "dev.gatewright.validation.evaluation..",
                        "dev.gatewright.validation.sourcemodels..",
                        "dev.gatewright.validation.endpoint..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .because(
                        "documents have one reader within bounds; validation, which does not know it, reads rows, the names in "
                                + "a model's metadata, and the answers of source models and endpoints itself; a server reads "
                                + "numbers straight into the memory that the model takes them from")
                .check(Whole.program());
    }

    @Test
    void testsAreJupitersAlone() {
        for (JavaClasses tests : List.of(Whole.testKits(), Whole.tests())) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "junit..",
                            "org.junit",
                            "org.junit.runner..",
                            "org.junit.rules..",
                            "org.testng..",
                            "org.mockito..")
                    .because("there is one way to write a test, with fakes and real parts in place of mocks")
                    .check(tests);
        }
    }

    private static boolean uses(JavaClass type, String library) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> PackageMatcher.of(library)
                        .matches(dependency.getTargetClass().getPackageName()));
    }
}
