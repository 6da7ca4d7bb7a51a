// SPDX-License-Identifier: Apache-2.0
package org.kohsuke.stapler.export;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands for {@code org.kohsuke.stapler.export.Exported} of Stapler: a property that REST shows. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Exported {
    /** How deep below what is asked for it is still shown. */
    int visibility() default 0;

    /** Whether what is in it is shown with it, however deep. */
    boolean inline() default false;
}
