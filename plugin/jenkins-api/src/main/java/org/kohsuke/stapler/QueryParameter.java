// SPDX-License-Identifier: Apache-2.0
package org.kohsuke.stapler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands for {@code org.kohsuke.stapler.QueryParameter} of Stapler: marks what a request gives. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface QueryParameter {
    /** Its name, where that is not the parameter's. */
    String value() default "";
}
