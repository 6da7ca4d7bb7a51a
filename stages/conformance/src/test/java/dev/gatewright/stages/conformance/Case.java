// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

/**
 * One way in which evidence can be broken, and what must be said of it.
 *
 * @param id its name within the group
 * @param title what is broken, as a user would tell it
 * @param sound the run that passes when nothing is broken
 * @param moment when it is broken
 * @param breakage the one thing that differs from the sound run
 */
record Case(Group group, String id, String title, Sound sound, Moment moment, Breakage breakage, Expected expected) {
    /** When evidence is broken. */
    enum Moment {
        /** Before anything was started. */
        BEFORE,
        /** Before the last command, when all others have run and passed. */
        BETWEEN
    }

    /** What is done to a sound run. */
    interface Breakage {
        /** Breaks it. */
        void apply(Sandbox sandbox) throws Exception;
    }

    /** The name by which it is run alone and linked to. */
    String name() {
        return group.slug() + "/" + id;
    }
}
