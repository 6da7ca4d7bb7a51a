// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.validation.metrics.gate.Verdict.NOT_EVALUATED;
import static dev.gatewright.validation.metrics.gate.Verdict.PASSED;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The numbers that a training writes, broken. */
final class MetricsFileCases {
    private static final Group GROUP = Group.METRICS_FILE;
    private static final String NUMBERS = "prepared/metrics.json";
    private static final String COPY = "cp prepared/metrics.json build/metrics.json\n";
    private static final String NO_ACCURACY = "build/metrics.json has no number 'val_accuracy'";
    private static final String UNREADABLE = "build/metrics.json cannot be read: ";

    private MetricsFileCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(absent(), contents(), log(), suspicious());
    }

    private static Group.Table absent() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "missing",
                        "The training writes no metrics file",
                        box -> box.edit("train.sh", COPY, ""),
                        notEvaluated("the training did not write build/metrics.json"))
                .add(
                        "left-by-an-earlier-training",
                        "The training writes no metrics file, and a good one of last week lies there",
                        box -> {
                            box.write("build/metrics.json", box.text(NUMBERS));
                            box.edit("train.sh", COPY, "");
                        },
                        notEvaluated("the training did not write build/metrics.json"))
                .add(
                        "copied-with-its-old-time",
                        "The training copies the metrics file of another run, which keeps its old time",
                        box -> {
                            box.age(NUMBERS);
                            box.edit("train.sh", COPY, COPY.replace("cp ", "cp -p "));
                        },
                        notEvaluated("build/metrics.json is older than the training"))
                .add(
                        "link-to-an-old-one",
                        "The training links to the metrics file of another run",
                        box -> {
                            box.age(NUMBERS);
                            box.edit("train.sh", COPY, "ln -s ../prepared/metrics.json build/metrics.json\n");
                        },
                        notEvaluated("a link to ../prepared/metrics.json, which it did not write"))
                .add(
                        "dangling-link",
                        "The metrics file is a link to nothing",
                        box -> box.edit("train.sh", COPY, "ln -s nowhere.json build/metrics.json\n"),
                        notEvaluated("a link that leads nowhere"))
                .add(
                        "a-folder",
                        "A folder lies where the metrics file should",
                        box -> box.edit("train.sh", COPY, "mkdir build/metrics.json\n"),
                        notEvaluated("build/metrics.json"))
                .add(
                        "of-another-name",
                        "The training writes its metrics under another name",
                        box -> box.edit("train.sh", COPY, COPY.replace("build/metrics.json", "build/metric.json")),
                        notEvaluated("the training did not write build/metrics.json"))
                .add(
                        "too-large",
                        "The metrics file is larger than any list of numbers",
                        box -> box.edit("train.sh", COPY, COPY + "truncate -s 65M build/metrics.json\n"),
                        notEvaluated(UNREADABLE + "it has more than 32 MiB"));
    }

    private static Group.Table contents() {
        return GROUP.on(Sounds.TRAINING)
                .add("empty", "The metrics file is empty", numbers(""), notEvaluated("build/metrics.json"))
                .add("blank", "The metrics file holds a blank line only", numbers("\n"), notEvaluated(UNREADABLE))
                .add(
                        "truncated",
                        "The metrics file breaks off in the middle",
                        numbers("{\"val_accuracy\": 0.95, \"val_lo"),
                        notEvaluated(UNREADABLE))
                .add(
                        "two-documents",
                        "Two runs wrote into the same metrics file, one after the other",
                        numbers("{\"val_accuracy\": 0.95, \"val_loss\": 0.3}{\"val_accuracy\": 0.2, \"val_loss\": 3}"),
                        notEvaluated(UNREADABLE))
                .add(
                        "number-given-twice",
                        "The metrics file gives one number twice",
                        numbers("{\"val_accuracy\": 0.2, \"val_accuracy\": 0.95, \"val_loss\": 0.3}"),
                        notEvaluated(UNREADABLE))
                .add(
                        "a-web-page",
                        "The metrics file is the error page of a tracking server",
                        numbers("<html><body>502 Bad Gateway</body></html>"),
                        notEvaluated(UNREADABLE))
                .add(
                        "python-notation",
                        "The metrics file is printed by Python, not written as JSON",
                        numbers("{'val_accuracy': 0.95, 'val_loss': 0.3}"),
                        notEvaluated(UNREADABLE))
                .add(
                        "in-utf-16",
                        "The metrics file is text in another encoding",
                        box -> box.write(NUMBERS, box.text(NUMBERS).getBytes(StandardCharsets.UTF_16LE)),
                        notEvaluated(UNREADABLE))
                .add(
                        "nested-without-end",
                        "The metrics file nests ten thousand levels deep",
                        numbers("[".repeat(10_000)),
                        notEvaluated(UNREADABLE))
                .add(
                        "a-single-number",
                        "The metrics file is a number without a name",
                        numbers("0.95"),
                        notEvaluated(UNREADABLE + "it is a number"))
                .add(
                        "a-list-of-numbers",
                        "The metrics file is a list of numbers without names",
                        numbers("[0.95, 0.3]"),
                        notEvaluated(UNREADABLE + "it is a list"))
                .add(
                        "no-numbers",
                        "The metrics file holds nothing",
                        numbers("{}"),
                        notEvaluated(NO_ACCURACY + ", nor any other"))
                .add(
                        "no-epochs",
                        "The training ran no epoch",
                        numbers("[]"),
                        notEvaluated(UNREADABLE + "it is an empty list"))
                .add(
                        "nan",
                        "The metric is NaN",
                        value("NaN"),
                        notEvaluated("val_accuracy was NaN").gates(NOT_EVALUATED, PASSED))
                .add("infinity", "The metric is infinite", value("Infinity"), notEvaluated("val_accuracy was Infinity"))
                .add(
                        "loss-of-minus-infinity",
                        "The loss is minus infinity, below any bound",
                        numbers("{\"val_accuracy\": 0.95, \"val_loss\": -Infinity}"),
                        notEvaluated("val_loss was -Infinity").gates(PASSED, NOT_EVALUATED))
                .add(
                        "beyond-any-number",
                        "The metric is larger than a number can be",
                        value("1e999"),
                        notEvaluated("build/metrics.json"))
                .add(
                        "null",
                        "The metric is null",
                        value("null"),
                        notEvaluated("val_accuracy in build/metrics.json is null"))
                .add(
                        "text",
                        "The metric is text in quotes",
                        value("\"0.95\""),
                        notEvaluated("val_accuracy in build/metrics.json is the text \"0.95\""))
                .add(
                        "percent-text",
                        "The metric is text with a percent sign",
                        value("\"95%\""),
                        notEvaluated("val_accuracy in build/metrics.json is the text \"95%\""))
                .add(
                        "a-truth-value",
                        "The metric is true",
                        value("true"),
                        notEvaluated("val_accuracy in build/metrics.json is true"))
                .add(
                        "no-values",
                        "The metric's history is empty",
                        value("[]"),
                        notEvaluated("val_accuracy in build/metrics.json is an empty list"))
                .add(
                        "history-with-null",
                        "The metric's last value is null",
                        value("[0.97, null]"),
                        notEvaluated("val_accuracy in build/metrics.json has null among its values"))
                .add(
                        "history-with-text",
                        "The metric's history holds text",
                        value("[0.97, \"0.98\"]"),
                        notEvaluated("val_accuracy in build/metrics.json has the text \"0.98\" among its values"))
                .add(
                        "history-with-nan",
                        "The metric was NaN in an epoch between good ones",
                        value("[0.8, NaN, 0.97]"),
                        notEvaluated("val_accuracy was NaN (value 2 of 3)"))
                .add(
                        "another-name",
                        "The training writes the metric under another name",
                        name("accuracy"),
                        notEvaluated(NO_ACCURACY + ", but accuracy, val_loss; did you mean 'accuracy'?"))
                .add(
                        "another-case",
                        "The training writes the metric's name in capitals",
                        name("Val_Accuracy"),
                        notEvaluated(NO_ACCURACY))
                .add(
                        "name-with-a-space",
                        "The training writes the metric's name with a space behind it",
                        name("val_accuracy "),
                        notEvaluated(NO_ACCURACY))
                .add(
                        "name-with-a-look-alike",
                        "The metric's name holds a letter that only looks the same",
                        name("v\u0430l_accuracy"),
                        notEvaluated(NO_ACCURACY))
                .add(
                        "nested-elsewhere",
                        "The metric lies deeper than the gate says",
                        numbers("{\"metrics\": {\"val_accuracy\": 0.95, \"val_loss\": 0.3}}"),
                        notEvaluated(NO_ACCURACY + ", but metrics.val_accuracy"))
                .add(
                        "one-of-two-missing",
                        "One gate's metric is there, the other's is not",
                        numbers("{\"val_accuracy\": 0.95}"),
                        notEvaluated("build/metrics.json has no number 'val_loss'")
                                .gates(PASSED, NOT_EVALUATED));
    }

    private static Group.Table log() {
        String log = "prepared/log.csv";
        return GROUP.on(Sounds.TRAINING_LOG)
                .add("log-empty", "The log is empty", box -> box.write(log, ""), notEvaluated("build/log.csv"))
                .add(
                        "log-header-only",
                        "The log has a header and no epoch",
                        box -> box.write(log, "epoch,val_accuracy,val_loss\n"),
                        notEvaluated("val_accuracy in build/log.csv has no number in any line"))
                .add(
                        "log-without-header",
                        "The log has no header",
                        box -> box.edit(log, "epoch,val_accuracy,val_loss\n", ""),
                        notEvaluated("build/log.csv has no number 'val_accuracy'"))
                .add(
                        "log-cut-off",
                        "The log breaks off in its last line",
                        box -> box.append(log, "4,0.9"),
                        notEvaluated("line 5 has 2 cells, and the header has 3"))
                .add(
                        "log-with-text",
                        "A cell of the log is no number",
                        box -> box.append(log, "4,n/a,0.3\n"),
                        notEvaluated("val_accuracy in build/log.csv has 'n/a' in line 5, where a number is expected"))
                .add(
                        "log-with-nan",
                        "The loss was NaN in an epoch between good ones",
                        box -> box.edit(log, "2,0.88,0.5", "2,0.88,nan"),
                        notEvaluated("val_loss was NaN (value 2 of 3)"))
                .add(
                        "log-with-infinity",
                        "The loss was infinite in the first epoch",
                        box -> box.edit(log, "1,0.71,0.9", "1,0.71,inf"),
                        notEvaluated("val_loss was Infinity (value 1 of 3)"))
                .add(
                        "log-with-a-column-twice",
                        "Two columns of the log have the same name",
                        box -> box.edit(log, "epoch,val_accuracy,val_loss", "val_loss,val_accuracy,val_loss"),
                        notEvaluated("two columns are called 'val_loss'"))
                .add(
                        "log-with-semicolons",
                        "The log is separated by semicolons",
                        box -> box.write(log, box.text(log).replace(',', ';')),
                        notEvaluated("build/log.csv has no number 'val_accuracy'"))
                .add(
                        "log-with-decimal-commas",
                        "The log writes numbers with a comma",
                        box -> box.write(log, "epoch,val_accuracy,val_loss\n1,0,95,0,3\n"),
                        notEvaluated("line 2 has 5 cells, and the header has 3"))
                .add(
                        "log-with-an-empty-column",
                        "The metric's column is empty in every epoch",
                        box -> box.write(log, "epoch,val_accuracy,val_loss\n1,,0.3\n2,,0.3\n"),
                        notEvaluated("val_accuracy in build/log.csv has no number in any line"))
                .add(
                        "log-of-another-name",
                        "The log has the metric under another name",
                        box -> box.edit(log, "val_accuracy", "val-accuracy"),
                        notEvaluated("build/log.csv has no number 'val_accuracy'"));
    }

    private static Group.Table suspicious() {
        Sound sound = Sounds.TRAINING.with(
                ", with an alarm", box -> box.editSpec("min: 0.9}", "min: 0.9, suspicious-above: 0.9999}"));
        return GROUP.on(sound)
                .add(
                        "in-percent",
                        "The training writes percent where a fraction is judged",
                        value("95"),
                        failed("too good to be true"))
                .add(
                        "perfect",
                        "The metric is perfect, as it is when labels leak",
                        value("1.0"),
                        failed("too good to be true: look for leakage"));
    }

    private static Case.Breakage numbers(String text) {
        return box -> box.write(NUMBERS, text);
    }

    private static Case.Breakage value(String value) {
        return box -> box.edit(NUMBERS, "\"val_accuracy\": 0.95", "\"val_accuracy\": " + value);
    }

    private static Case.Breakage name(String name) {
        return box -> box.edit(NUMBERS, "val_accuracy", name);
    }
}
