// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands for {@code org.jenkinsci.Symbol}, which is of the structs plugin and of Jenkins' core: a descriptor's name in Pipelines. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Symbol {
    /** The names. */
    String[] value();
}
