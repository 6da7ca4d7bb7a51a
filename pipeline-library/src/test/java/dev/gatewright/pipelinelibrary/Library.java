// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** Stands for Jenkins' annotation of the same name. */
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.LOCAL_VARIABLE, ElementType.METHOD, ElementType.FIELD})
public @interface Library {
    /** Which libraries. */
    String[] value();
}
