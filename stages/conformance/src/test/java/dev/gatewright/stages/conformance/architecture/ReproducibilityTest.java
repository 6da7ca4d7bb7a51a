// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.time.Clock;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The same spec, model and rows give the same judgement on every machine, every Java and every day. */
class ReproducibilityTest {
    private static final String COMMAND_LINE = "dev.gatewright.stages.cli..";
    private static final String SERVER = "dev.gatewright.stages.modelserver.ServerMain";

    /** Those of which Java says that the result may vary, and those whose formula has changed between its versions. */
    private static final Set<String> VARYING = Set.of(
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "atan2",
            "sinh",
            "cosh",
            "tanh",
            "exp",
            "expm1",
            "log",
            "log10",
            "log1p",
            "pow",
            "cbrt",
            "hypot",
            "toRadians",
            "toDegrees",
            "random");

    @Test
    void mathIsStrict() {
        noClasses()
                .should()
                .accessTargetWhere(Uses.of(Math.class, VARYING))
                .because(
                        "its last digit may differ from processor to processor and from Java to Java; StrictMath's does not")
                .check(Whole.program());
    }

    @Test
    void sumsOfTheEngineAreItsOwn() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .should()
                .accessTargetWhere(
                        Uses.of(DoubleStream.class, Set.of("sum", "average", "summaryStatistics", "parallel")))
                .because(
                        "how a stream adds is left open, and has changed; judged sums are exact (renderers only draw with theirs)")
                .check(Whole.program());
    }

    @Test
    void timeComesFromTheClockOfTheRun() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .and()
                .doNotHaveFullyQualifiedName("dev.gatewright.validation.onnx.model.FileState")
                .and()
                .doNotHaveFullyQualifiedName(SERVER)
                .should()
                .accessTargetWhere(Uses.of(System.class, Set.of("currentTimeMillis")))
                .orShould()
                .accessTargetWhere(Uses.of("java.time", "now"))
                .orShould()
                .accessTargetWhere(Uses.of(Clock.class, Set.of("system", "systemUTC", "systemDefaultZone")))
                .orShould()
                .callConstructor(Date.class)
                .because(
                        "a run is given its clock, so that a report of any day can be made again (FileState compares with the "
                                + "times that the file system itself writes, and reports none; a server is no run)")
                .check(Whole.program());
    }

    @Test
    void theEnvironmentIsHandedIn() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.gatewright.stages.cli.Main")
                .and()
                .doNotHaveFullyQualifiedName(SERVER)
                .should()
                .accessTargetWhere(Uses.of(System.class, Set.of("getenv")))
                .because(
                        "what a spec takes from the environment is shown in the report; nothing else may decide anything")
                .check(Whole.program());
    }

    @Test
    void javaIsAskedAboutTheMachineInFewPlaces() {
        noClasses()
                .that()
                .resideOutsideOfPackages(COMMAND_LINE, "dev.gatewright.stages.api.process..")
                .and()
                .doNotHaveFullyQualifiedName("dev.gatewright.validation.onnx.run.WorkerOptions")
                .and()
                .doNotHaveFullyQualifiedName("dev.gatewright.stages.traingate.Hardware")
                .and()
                .doNotHaveFullyQualifiedName("dev.gatewright.stages.traingate.PythonPackages")
                .should()
                .accessTargetWhere(Uses.of(System.class, Set.of("getProperty", "getProperties")))
                .orShould()
                .accessTargetWhere(Uses.of(Integer.class, Set.of("getInteger")))
                .orShould()
                .accessTargetWhere(Uses.of(Long.class, Set.of("getLong")))
                .orShould()
                .accessTargetWhere(Uses.of(Boolean.class, Set.of("getBoolean")))
                .because(
                        "a property must not change a verdict (these start processes, which needs to know the system, or tell of "
                                + "the machine in the part of a report that is no judgement)")
                .check(Whole.program());
    }

    @Test
    void chanceIsSeeded() {
        noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SplittableRandom.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .accessTargetWhere(Uses.of(UUID.class, Set.of("randomUUID")))
                .because(
                        "a seed that is not recorded cannot be used again (names of runs and files come from SecureRandom)")
                .check(Whole.program());
    }
}
