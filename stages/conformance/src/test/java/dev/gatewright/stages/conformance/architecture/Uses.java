// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;
import java.util.TreeSet;

/** Uses of methods by their names, whatever their parameters: calls of them, and references to them. */
final class Uses {
    private Uses() {}

    /** Uses of methods of a type, or of its subtypes. */
    static DescribedPredicate<JavaAccess<?>> of(Class<?> owner, Set<String> names) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + String.join("|", new TreeSet<>(names)),
                use -> use.getTargetOwner().isAssignableTo(owner)
                        && names.contains(use.getTarget().getName()));
    }

    /** Uses of methods of that name, of any type of a package. */
    static DescribedPredicate<JavaAccess<?>> of(String ownersPackage, String name) {
        return DescribedPredicate.describe(
                ownersPackage + ".*." + name,
                use -> use.getTargetOwner().getPackageName().equals(ownersPackage)
                        && use.getTarget().getName().equals(name));
    }

    /** Uses of what has no parameters. */
    static DescribedPredicate<JavaAccess<?>> withoutParameters() {
        return DescribedPredicate.describe(
                "without parameters",
                use -> use.getTarget() instanceof CodeUnitAccessTarget target
                        && target.getRawParameterTypes().isEmpty());
    }
}
