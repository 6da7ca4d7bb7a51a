// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.stream.Stream;

/** Commands that do not write the rows that they are to write. */
final class PreparationCases {
    private static final Group GROUP = Group.DATA;
    private static final String SCRIPT = "prepare.sh";

    private PreparationCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(commands(), rows());
    }

    private static Group.Table commands() {
        return GROUP.on(Sounds.PREPARED)
                .add(
                        "prepare-fails",
                        "The command that writes the rows fails after it wrote them",
                        box -> box.append(SCRIPT, "echo disk full; exit 3\n"),
                        notEvaluated("'sh prepare.sh' ended with exit code 3; it said last: disk full"))
                .add(
                        "prepare-not-found",
                        "There is no such command",
                        box -> box.editSpec("run: sh prepare.sh", "run: no-such-command"),
                        notEvaluated("ended with exit code 127 (a command was not found)"))
                .add(
                        "prepare-without-end",
                        "The command runs longer than it may",
                        box -> {
                            box.append(SCRIPT, "sleep 600\n");
                            box.editSpec("time-limit: 60s", "time-limit: 1s");
                        },
                        notEvaluated("was ended because it ran longer than its time-limit"))
                .add(
                        "prepare-without-time",
                        "The command may run for no time",
                        box -> box.editSpec("time-limit: 60s", "time-limit: 0s"),
                        refused("a time-limit of 0 lets nothing run"))
                .add(
                        "prepare-elsewhere",
                        "The rows are to be written outside of the spec's folder",
                        box -> box.editSpec("path: data/holdout.csv", "path: ../holdout.csv"),
                        refused("is not below the spec's folder"));
    }

    private static Group.Table rows() {
        return GROUP.on(Sounds.PREPARED)
                .add(
                        "prepare-writes-nothing",
                        "The command writes nothing, and the rows of yesterday lie there",
                        box -> {
                            box.write("data/holdout.csv", Rows.holdout());
                            box.write(SCRIPT, "true\n");
                        },
                        notEvaluated("the preparation did not write data/holdout.csv"))
                .add(
                        "prepare-writes-no-bytes",
                        "The command writes an empty file",
                        box -> box.write(SCRIPT, ": > data/holdout.csv\n"),
                        notEvaluated("the preparation left at data/holdout.csv a file of no bytes"))
                .add(
                        "prepare-puts-old-rows",
                        "The command puts a file there that it did not write",
                        box -> {
                            box.age("raw/holdout.csv");
                            box.write(SCRIPT, "mv raw/holdout.csv data/holdout.csv\n");
                        },
                        notEvaluated("data/holdout.csv is older than the preparation"))
                .add(
                        "prepare-writes-other-columns",
                        "The command writes no label",
                        box -> box.edit("raw/holdout.csv", "truth", "target"),
                        notEvaluated("has no column 'truth'"));
    }
}
