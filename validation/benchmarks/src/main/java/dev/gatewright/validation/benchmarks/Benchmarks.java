// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs all measurements and prints them as Markdown. */
public final class Benchmarks {
    private static final String SPEC = """
            gatewright: 1
            model: {name: digits, task: multiclass-classification, path: model.onnx, classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]}
            data:
              holdout: {path: rows.%s, label: digit, features: {X: "pixel_*"}}
            baseline: {policy: none}
            stages:
              evaluate-metrics:
                data: holdout
                gates:
                  - {metric: accuracy, min: 0.5, confidence: 0.95}
                  - {metric: f1, average: macro, min: 0.5, confidence: 0.95}
            """;
    private static final String CSV = "csv";
    private static final String PARQUET = "parquet";
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final double HELP_AIM = 100;
    private static final double FEW_ROWS_AIM = 300;
    private static final double MOST_OVER_RAW = 1.02;

    private final Setup setup;
    private final PrintStream out;
    private int runs;

    private Benchmarks(Setup setup, PrintStream out) {
        this.setup = setup;
        this.out = out;
    }

    /** Takes what {@link Setup} holds. */
    public static void main(String[] arguments) throws IOException, InterruptedException, OrtException {
        new Benchmarks(Setup.of(arguments, ""), System.out).print();
    }

    private void print() throws IOException, InterruptedException, OrtException {
        out.println(Machine.describe(setup.program(), setup.python()));
        out.print(Contest.HEADER);
        contest(
                "`--help`",
                Aim.within(HELP_AIM),
                help(setup.program().toString()),
                help(
                        setup.python().toString(),
                        setup.scripts().resolve("judge.py").toString()));
        contest(
                "verdict on 1,000 rows",
                Aim.within(FEW_ROWS_AIM),
                ours("digits", FEW, CSV),
                theirs("digits", FEW, CSV));
        contest("verdict on 100,000 rows", Aim.noSlower(), ours("digits", MANY, CSV), theirs("digits", MANY, CSV));
        contest(
                "verdict on 100,000 rows of Parquet",
                Aim.noSlower(),
                ours("digits", MANY, PARQUET),
                theirs("digits", MANY, PARQUET));
        contest(
                "verdict on 100,000 rows, wide model",
                Aim.noSlower(),
                ours("wide", MANY, CSV),
                theirs("wide", MANY, CSV));
        out.println();
        out.println(
                "| 99,000 rows, one thread, batches of 64 | ours, file to verdict | ONNX Runtime alone | ratio | aim |");
        out.println("|---|--:|--:|--:|---|");
        overRaw("digits");
        overRaw("wide");
    }

    private void contest(String name, Aim aim, Side ours, Side theirs) throws IOException, InterruptedException {
        out.print(new Contest(name, aim, ours, theirs).run(setup.repetitions()).row());
        out.flush();
    }

    private Side help(String... command) {
        return new Side(() -> {
            String[] whole = Arrays.copyOf(command, command.length + 1);
            whole[command.length] = "--help";
            return new Side.Outcome(Timed.run(List.of(whole), setup.work()), null);
        });
    }

    private Side ours(String model, int rows, String format, String... options) throws IOException {
        Path folder = Files.createDirectories(setup.work().resolve(model + "-" + rows + "-" + format));
        Files.copy(
                setup.work().resolve(model + ".onnx"),
                folder.resolve("model.onnx"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                setup.work().resolve(rows + "." + format),
                folder.resolve("rows." + format),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("gatewright.yaml"), SPEC.formatted(format));
        return new Side(() -> {
            String run = "benchmark-" + System.currentTimeMillis() + "-" + ++runs;
            String[] command = {setup.program().toString(), "evaluate-metrics", ".", "--run-id", run};
            String[] whole = Arrays.copyOf(command, command.length + options.length);
            System.arraycopy(options, 0, whole, command.length, options.length);
            Timed timed = Timed.run(List.of(whole), folder);
            Path report = folder.resolve(".gatewright/runs").resolve(run).resolve("evaluate-metrics/report.json");
            return new Side.Outcome(timed, Figures.ofReport(Files.readString(report)));
        });
    }

    private Side theirs(String model, int rows, String format) {
        List<String> command = List.of(
                setup.python().toString(),
                setup.scripts().resolve("judge.py").toString(),
                setup.work().resolve(model + ".onnx").toString(),
                setup.work().resolve(rows + "." + format).toString());
        return new Side(() -> {
            Timed timed = Timed.run(command, setup.work());
            return new Side.Outcome(timed, Figures.ofScript(new ObjectMapper().readTree(timed.output())));
        });
    }

    /** What further rows cost: a run on many less a run on few leaves out what a start costs. */
    private void overRaw(String model) throws IOException, InterruptedException, OrtException {
        Side few = ours(model, FEW, CSV, "--threads", "1");
        Side many = ours(model, MANY, CSV, "--threads", "1");
        double[] raw = new double[setup.repetitions()];
        try (RawRun rawRun =
                new RawRun(setup.work().resolve(model + ".onnx"), setup.work().resolve(MANY + ".csv"))) {
            rawRun.run();
            for (int i = 0; i < setup.repetitions(); i++) {
                few.repeat();
                many.repeat();
                raw[i] = rawRun.run() * (MANY - FEW) / MANY;
            }
        }
        double ours = many.milliseconds() - few.milliseconds();
        double theirs = Median.of(raw);
        out.printf(
                Locale.ROOT,
                "| %s model | %.0f ms | %.0f ms | %.2f | at most %.2f: %s |%n",
                model,
                ours,
                theirs,
                ours / theirs,
                MOST_OVER_RAW,
                ours <= MOST_OVER_RAW * theirs ? "reached" : "**not reached**");
        out.flush();
    }
}
