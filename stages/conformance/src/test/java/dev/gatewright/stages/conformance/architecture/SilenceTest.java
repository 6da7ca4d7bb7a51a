// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The engine returns values: it prints nothing, and never ends the process that it is in. */
class SilenceTest {
    private static final String COMMAND_LINE = "dev.gatewright.stages.cli..";
    private static final String SERVER = "dev.gatewright.stages.modelserver.ServerMain";
    /** Its two main programs are processes of their own too. */
    private static final String SUPERVISOR = "dev.gatewright.stages.targetlocal..";

    private static final String WORKER = "dev.gatewright.validation.onnx.run.worker..";

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages(COMMAND_LINE, WORKER)
                .and()
                .doNotHaveFullyQualifiedName(SERVER)
                .and()
                .resideOutsideOfPackage(SUPERVISOR)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessTargetWhere(Uses.of(System.class, Set.of("setOut", "setErr", "console")))
                .orShould()
                .accessTargetWhere(
                        Uses.of(Throwable.class, Set.of("printStackTrace")).and(Uses.withoutParameters()))
                .because(
                        "the engine is silent: each host shows its progress and its reports in its own way (the worker turns its "
                                + "output away, so that nothing comes between its messages; the server is a program of its own)")
                .check(Whole.program());
    }

    @Test
    void onlyProgramsEndTheirProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.gatewright.stages.cli.Main")
                .and()
                .doNotHaveFullyQualifiedName(SERVER)
                .and()
                .resideOutsideOfPackage(SUPERVISOR)
                .and()
                .resideOutsideOfPackage(WORKER)
                .should()
                .accessTargetWhere(Uses.of(System.class, Set.of("exit")))
                .orShould()
                .accessTargetWhere(Uses.of(Runtime.class, Set.of("exit", "halt")))
                .because(
                        "whoever calls a stage decides when its process ends, after the report is written (the worker and the "
                                + "server are processes of their own)")
                .check(Whole.program());
    }
}
