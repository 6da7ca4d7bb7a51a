// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs the measurements of quantisation, and prints them as Markdown. */
public final class QuantizationBenchmarks {
    /** As much address space as a process may take that works in two gigabytes. */
    private static final String TWO_GIGABYTES = "--as=2147483648";

    private final Setup setup;
    private final PrintStream out;

    private QuantizationBenchmarks(Setup setup, PrintStream out) {
        this.setup = setup;
        this.out = out;
    }

    /** Takes what {@link Setup} holds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new QuantizationBenchmarks(Setup.of(arguments, " --quantize"), System.out).print();
    }

    private void print() throws IOException, InterruptedException {
        out.println(Machine.describe(setup.program(), setup.python()));
        List<Contest> contests = new ArrayList<>();
        out.print(Contest.HEADER);
        cold("int8-dynamic, 1 GiB, one scale a tensor", "large", "int8", Aim.faster(3.5), contests);
        cold("int8-dynamic, 1 GiB, one scale a column", "large", "int8-per-channel", Aim.faster(3.5), contests);
        cold("int4, 1 GiB, blocks of 32", "large", "int4", Aim.noSlower(), contests);
        cold("int8-dynamic, MiniLM (90 MB)", "minilm", "int8", Aim.within(1000), contests);
        out.print("\n" + Contest.MEMORY_HEADER);
        for (Contest contest : contests) {
            out.print(contest.memoryRow(contest.name().contains("MiniLM") ? 250 : 150));
        }
        out.print("\n" + Contest.WARM_HEADER);
        warm("int8-dynamic, 1 GiB, one scale a tensor", "int8");
        warm("int8-dynamic, 1 GiB, one scale a column", "int8-per-channel");
        out.println(
                "\n| static int8, percentile, a CNN of 8 convolutions, one row at a time | rows | time | forward passes | memory |");
        out.println("|---|--:|--:|--:|--:|");
        for (int rows : new int[] {32, 1024}) {
            double forward = calibrated("forward", rows).milliseconds();
            for (String how : List.of("histograms", "exact")) {
                Timed timed = calibrated(how, rows);
                out.printf(
                        Locale.ROOT,
                        "| ours, %s | %d | %.0f ms | %.2f | %.0f MB |%n",
                        how,
                        rows,
                        timed.milliseconds(),
                        timed.milliseconds() / forward,
                        timed.peakMegabytes());
            }
        }
        for (int rows : new int[] {32, 128}) {
            Timed timed = Timed.run(
                    List.of(
                            setup.python().toString(),
                            setup.scripts().resolve("quantize_statically.py").toString(),
                            setup.work().resolve("cnn.onnx").toString(),
                            Integer.toString(rows),
                            setup.work().resolve("theirs.onnx").toString()),
                    setup.work());
            out.printf(
                    Locale.ROOT,
                    "| theirs | %d | %.0f ms | | %.0f MB |%n",
                    rows,
                    timed.milliseconds(),
                    timed.peakMegabytes());
        }
        out.println();
        if (Files.exists(setup.work().resolve("huge.onnx"))) {
            out.println("| 8 GiB of external data, in 2 GiB of address space | | memory |");
            out.println("|---|---|--:|");
            ended("ours", ours("huge", "int8"));
            ended("theirs", theirs("huge", "int8"));
        }
    }

    private void cold(String name, String model, String how, Aim aim, List<Contest> contests)
            throws IOException, InterruptedException {
        boolean isCompared = model.equals("large");
        Contest contest =
                new Contest(name, aim, side(ours(model, how), isCompared), side(theirs(model, how), isCompared));
        out.print(contest.run(setup.repetitions()).row());
        out.flush();
        contests.add(contest);
    }

    private Side side(List<String> command, boolean isCompared) {
        Path made = Path.of(command.get(command.size() - 1));
        return new Side(() -> {
            Timed timed = Timed.run(command, setup.work());
            return new Side.Outcome(timed, isCompared ? WeightSums.of(made) : null);
        });
    }

    private List<String> ours(String model, String how) {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(
                QuantizeModel.class.getName(),
                setup.work().resolve(model + ".onnx").toString(),
                how,
                setup.work().resolve("ours.onnx").toString()));
        return command;
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:CompressedClassSpaceSize=64m",
                "-cp",
                System.getProperty("java.class.path"));
    }

    private List<String> theirs(String model, String how) {
        return List.of(
                setup.python().toString(),
                setup.scripts().resolve("quantize.py").toString(),
                setup.work().resolve(model + ".onnx").toString(),
                how,
                setup.work().resolve("theirs.onnx").toString());
    }

    private Timed calibrated(String how, int rows) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(
                CalibrateModel.class.getName(),
                setup.work().resolve("cnn.onnx").toString(),
                Integer.toString(rows),
                how,
                setup.work().resolve("ours.onnx").toString()));
        return Timed.run(command, setup.work());
    }

    private void warm(String name, String how) throws IOException, InterruptedException {
        Path made = setup.work().resolve("ours.onnx");
        Side ours = Side.here(() -> {
            QuantizeModel.quantize(setup.work().resolve("large.onnx"), how, made);
            return new Figures(0, "", List.of());
        });
        Contest contest = new Contest(name, Aim.faster(5), ours, Side.script(theirs("large", how), setup.work()));
        out.print(contest.run(setup.repetitions()).warmRow());
        out.flush();
    }

    private void ended(String who, List<String> command) throws InterruptedException {
        List<String> limited = new ArrayList<>(List.of("prlimit", TWO_GIGABYTES));
        limited.addAll(command);
        try {
            Timed timed = Timed.run(limited, setup.work());
            out.printf(
                    Locale.ROOT,
                    "| %s | after %.0f s | %.0f MB |%n",
                    who,
                    timed.milliseconds() / 1000,
                    timed.peakMegabytes());
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage());
            int code = said.indexOf(" ended with ");
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | |%n",
                    who,
                    said.substring(code + 1).lines().findFirst().orElse(""));
        }
    }
}
