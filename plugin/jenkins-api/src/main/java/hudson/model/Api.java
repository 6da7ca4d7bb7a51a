// SPDX-License-Identifier: Apache-2.0
package hudson.model;

/** Stands for {@code hudson.model.Api} of Jenkins' core: what is exported, under {@code api/}. */
public class Api {
    /** What is exported. */
    public final Object bean;

    /** Exports it. */
    public Api(Object bean) {
        this.bean = bean;
    }
}
