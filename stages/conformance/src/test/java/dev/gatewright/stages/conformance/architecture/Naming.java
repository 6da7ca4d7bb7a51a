// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.gatewright.stages.api.StageName;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a folder, its package and its classes are guessed from each other. */
final class Naming {
    private static final String PREFIX = "dev.gatewright.";

    private Naming() {}

    /** The package of a stage: {@code canary-deploy} gives {@code dev.gatewright.stages.canarydeploy}. */
    static String packageOf(StageName stage) {
        return packageOf(folderOf(stage));
    }

    /** The package of a folder: {@code stages/canary-deploy} gives {@code dev.gatewright.stages.canarydeploy}. */
    static String packageOf(String folder) {
        return PREFIX + folder.replace("-", "").replace('/', '.');
    }

    /** The folder of a stage. */
    static String folderOf(StageName stage) {
        return "stages/" + stage.spelling();
    }

    /** What the classes of a stage begin with: {@code canary-deploy} gives {@code CanaryDeploy}. */
    static String classPrefixOf(StageName stage) {
        return Arrays.stream(stage.spelling().split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** Classes of Gatewright in none of these modules. */
    static DescribedPredicate<JavaClass> areOfGatewrightOutside(String... modules) {
        String[] packages =
                Arrays.stream(modules).map(module -> PREFIX + module + "..").toArray(String[]::new);
        return JavaClass.Predicates.resideInAPackage("dev.gatewright..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages))
                .as("are of Gatewright outside %s", String.join(", ", modules));
    }
}
