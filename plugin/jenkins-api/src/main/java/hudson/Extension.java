// SPDX-License-Identifier: Apache-2.0
package hudson;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jenkins.YesNoMaybe;
import net.java.sezpoz.Indexable;

/** Stands for {@code hudson.Extension} of Jenkins' core: what sezpoz indexes. */
@Indexable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
public @interface Extension {
    /** Those with more come first. */
    double ordinal() default 0;

    /** Whether it works in a plugin that is loaded without a restart. */
    YesNoMaybe dynamicLoadable() default YesNoMaybe.MAYBE;
}
