// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;

/** The whole of Gatewright, as the rules look at it. */
final class Whole {
    /** The checkout. */
    static final Path ROOT = Path.of("..", "..");

    private static final JavaClasses MODULES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gatewright");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.gatewright");

    private static final DescribedPredicate<JavaClass> IS_OF_A_TEST_KIT =
            JavaClass.Predicates.resideInAnyPackage("dev.gatewright.*.testkit..");

    private Whole() {}

    /** Every module, the test kits too. */
    static JavaClasses modules() {
        return MODULES;
    }

    /** What a user gets. */
    static JavaClasses program() {
        return MODULES.that(DescribedPredicate.not(IS_OF_A_TEST_KIT));
    }

    /** The test kits, and the tests of this module. */
    static JavaClasses tests() {
        return TESTS;
    }

    /** Only the test kits. */
    static JavaClasses testKits() {
        return MODULES.that(IS_OF_A_TEST_KIT);
    }
}
