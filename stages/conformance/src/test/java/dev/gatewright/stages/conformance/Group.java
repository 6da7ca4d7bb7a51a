// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cases that break the same kind of evidence. */
enum Group {
    FIELD("What other tools let pass"),
    PITFALLS("What other code bases let pass"),
    METRICS_FILE("The numbers of the training"),
    TRAINING("The training itself"),
    DATA("The labelled rows"),
    PREDICTIONS("Predictions in place of a model"),
    MODEL("The model's file"),
    ANSWERS("The model's answers"),
    WORKER("The process that runs the model"),
    EXPORTED("The exported model and its source"),
    QUANTISED("The quantised model"),
    CONTAINED("The image"),
    SERVED("The endpoint"),
    SLICES("Slices"),
    CONFIDENCE("Too little to decide"),
    COMPARISON("The baseline"),
    REPORTS("Reports of earlier stages"),
    RUNS("The run that is continued"),
    SPEC("The spec"),
    HOST("The machine and whoever calls");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Cases of this group that break {@code sound} before anything is started. */
    Table on(Sound sound) {
        return new Table(this, sound, Case.Moment.BEFORE, new ArrayList<>());
    }

    /** Cases of this group that break {@code sound} before its last command. */
    Table between(Sound sound) {
        return new Table(this, sound, Case.Moment.BETWEEN, new ArrayList<>());
    }

    /** A part of the table: cases that break the same run at the same moment. */
    record Table(Group group, Sound sound, Case.Moment moment, List<Case> cases) {
        Table add(String id, String title, Case.Breakage breakage, Expected expected) {
            cases.add(new Case(group, id, title, sound, moment, breakage, expected));
            return this;
        }
    }
}
