// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the measurements on ten million rows, and those of what happens inside a process, and prints them as Markdown. */
public final class LargeBenchmarks {
    private static final String SPEC = """
            gatewright: 1
            model: {name: chance, task: binary-classification, classes: ["0", "1"], positive: "1"}
            stages:
              evaluate-metrics:
                predictions: {path: ../predictions.%s, label: label, scores: ["p_0", "p_1"]}
                gates:
                  - {metric: accuracy, min: 0.5, confidence: 0.95}
                  - {metric: f1, average: macro, min: 0.5, confidence: 0.95}
                  - {metric: roc_auc, min: 0.5, confidence: 0.95}
                  - {metric: average_precision, min: 0.1, confidence: 0.95}
            """;
    private static final double MOST_MEGABYTES = 300;

    private final Setup setup;
    private final PrintStream out;
    private int runs;

    private LargeBenchmarks(Setup setup, PrintStream out) {
        this.setup = setup;
        this.out = out;
    }

    /** Takes what {@link Setup} holds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new LargeBenchmarks(Setup.of(arguments, " --large"), System.out).print();
    }

    private void print() throws IOException, InterruptedException {
        out.println(Machine.describe(setup.program(), setup.python()));
        List<Contest> contests = new ArrayList<>();
        out.print(Contest.HEADER);
        for (String format : List.of("parquet", "csv")) {
            Contest contest = new Contest(
                    "verdict on 10,000,000 predictions, " + format, Aim.faster(5), ours(format), theirs(format));
            out.print(contest.run(setup.repetitions()).row());
            out.flush();
            contests.add(contest);
        }
        out.print("\n" + Contest.MEMORY_HEADER);
        contests.forEach(contest -> out.print(contest.memoryRow(MOST_MEGABYTES)));
        out.print("\n" + Contest.WARM_HEADER);
        warm("exact area under ROC, 10,000,000 scores", 15, Side.here(new ExactAuc(setup.work())), "exact_auc.py", "");
        warm(
                "paired bootstrap of accuracies, 100,000 rows, 10,000 times",
                100,
                Side.here(new PairedBootstrap(setup.work())),
                "paired_bootstrap.py",
                "");
        for (String file : List.of("rows.parquet", "rows.csv", "rows.npz")) {
            Side ours = Side.here(new RowsToTensor(setup.work().resolve(file)));
            warm("1,000,000 rows of ten floats to the tensor, " + file, 1, ours, "read_rows.py", file);
        }
    }

    private void warm(String name, double times, Side ours, String script, String file)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                setup.python().toString(),
                setup.scripts().resolve(script).toString(),
                setup.work().resolve(file).toString());
        Contest contest = new Contest(name, Aim.faster(times), ours, Side.script(command, setup.work()));
        out.print(contest.run(setup.repetitions()).warmRow());
        out.flush();
    }

    private Side ours(String format) throws IOException {
        Path folder = Files.createDirectories(setup.work().resolve("judge-" + format));
        Files.writeString(folder.resolve("gatewright.yaml"), SPEC.formatted(format));
        return new Side(() -> {
            String run = "benchmark-" + System.currentTimeMillis() + "-" + ++runs;
            Timed timed =
                    Timed.run(List.of(setup.program().toString(), "evaluate-metrics", ".", "--run-id", run), folder);
            Path report = folder.resolve(".gatewright/runs").resolve(run).resolve("evaluate-metrics/report.json");
            return new Side.Outcome(timed, Figures.ofReport(Files.readString(report)));
        });
    }

    private Side theirs(String format) {
        List<String> command = List.of(
                setup.python().toString(),
                setup.scripts().resolve("judge_predictions.py").toString(),
                setup.work().resolve("predictions." + format).toString());
        return new Side(() -> {
            Timed timed = Timed.run(command, setup.work());
            return new Side.Outcome(timed, Figures.ofScript(new ObjectMapper().readTree(timed.output())));
        });
    }
}
